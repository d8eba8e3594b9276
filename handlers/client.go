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
		at, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil || !isTrusted(client, trusted) {
			break
		}
		client = at.Unmap().String()
	}
	return client
}

func isTrusted(address string, trusted []netip.Prefix) bool {
	at, err := netip.ParseAddr(address)
	return err == nil && slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(at.Unmap()) })
}
