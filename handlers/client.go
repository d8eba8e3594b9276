package handlers

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// clientOf is the network address that a request came from. A header can be forged by whoever sends it: what a trusted
// proxy added to it, at its end, is believed, and what stands before that is not.
func clientOf(r *http.Request, trusted []netip.Prefix) string {
	client, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		client = r.RemoteAddr
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		hop = strings.TrimSpace(hop)
		at, err := netip.ParseAddr(hop)
		if with, withPort := netip.ParseAddrPort(hop); withPort == nil {
			at, err = with.Addr(), nil
		}
		if err != nil || !isTrusted(client, trusted) {
			break
		}
		client = at.Unmap().String()
	}
	return client
}

// neighbourhood is what limits count together as one address: of IPv6 the network of 64 bits, of which whoever has one
// address has all.
func neighbourhood(address string) string {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	at, err := netip.ParseAddr(host)
	if err != nil || at.Unmap().Is4() {
		return host
	}
	network, _ := at.WithZone("").Prefix(64) // every IPv6 address has one
	return network.String()
}

func isTrusted(address string, trusted []netip.Prefix) bool {
	at, err := netip.ParseAddr(address)
	return err == nil && slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(at.Unmap()) })
}
