package handlers

import (
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestClientBehindProxies(t *testing.T) {
	t.Parallel()
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for name, c := range map[string]struct {
		from    string
		headers []string
		want    string
	}{
		"without a proxy":               {"192.0.2.1:4711", nil, "192.0.2.1"},
		"a forged header":               {"192.0.2.1:4711", []string{"198.51.100.1"}, "192.0.2.1"},
		"by a trusted proxy":            {"10.0.0.2:4711", []string{"192.0.2.1"}, "192.0.2.1"},
		"forged before a trusted proxy": {"10.0.0.2:4711", []string{"198.51.100.1, 192.0.2.1"}, "192.0.2.1"},
		"by two trusted proxies":        {"10.0.0.2:4711", []string{"198.51.100.1, 192.0.2.1, 10.0.0.3"}, "192.0.2.1"},
		"in two lines":                  {"10.0.0.2:4711", []string{"198.51.100.1", "192.0.2.1"}, "192.0.2.1"},
		"a proxy that says nothing":     {"10.0.0.2:4711", nil, "10.0.0.2"},
		"what is no address":            {"10.0.0.2:4711", []string{"192.0.2.1, unknown"}, "10.0.0.2"},
		"IPv6":                          {"[fd00::1]:4711", []string{"2001:db8::1"}, "2001:db8::1"},
		"hops with a port":              {"10.0.0.2:4711", []string{"192.0.2.1:51234, [fd00::2]:443"}, "192.0.2.1"},
		"IPv4 as IPv6":                  {"[::ffff:10.0.0.2]:4711", []string{"::ffff:192.0.2.1"}, "192.0.2.1"},
		"one of our own":                {"10.0.0.2:4711", []string{"10.0.0.9"}, "10.0.0.9"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.from
		for _, h := range c.headers {
			r.Header.Add("X-Forwarded-For", h)
		}
		if got := clientOf(r, trusted); got != c.want {
			t.Errorf("%s: %s; want %s", name, got, c.want)
		}
	}
}

func TestNeighbourhood(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"192.0.2.1": "192.0.2.1", "192.0.2.1:4711": "192.0.2.1", "::ffff:192.0.2.1": "::ffff:192.0.2.1",
		"2001:db8::1": "2001:db8::/64", "[2001:db8::2]:4711": "2001:db8::/64", "2001:db8:0:1::1": "2001:db8:0:1::/64", "fe80::1%eth0": "fe80::/64", "": "",
	} {
		if got := neighbourhood(address); got != want {
			t.Errorf("%q: %q; want %q", address, got, want)
		}
	}
}
