package handlers_test

import (
	"net/http"
	"testing"
)

// TestUnchangedAnswersKeepTheirPolicy asks again for what was answered: a browser takes the headers of a 304 over, so
// that they must be those of the 200. The second time the request passes by what the server remembers.
func TestUnchangedAnswersKeepTheirPolicy(t *testing.T) {
	t.Parallel()
	w := briefedSite(t)
	for _, address := range []string{"/briefings/1.html", "/briefings/new.html", "/briefings/1.md", "/en/briefings/1", "/en/overview/chart.svg", "/en/topics/supply-chain/embed", "/en/matrix/embed", "/initiatives.json", "/en/"} {
		first := w.do("GET", address)
		if first.StatusCode != http.StatusOK || first.Header.Get("ETag") == "" {
			t.Fatalf("%s: %d with ETag %q", address, first.StatusCode, first.Header.Get("ETag"))
		}
		for _, passing := range []string{"", "other=1"} {
			header := []string{"If-None-Match", first.Header.Get("ETag")}
			if passing != "" {
				header = append(header, "Cookie", passing)
			}
			again := w.do("GET", address, header...)
			if again.StatusCode != http.StatusNotModified {
				t.Errorf("%s: %d; want 304", address, again.StatusCode)
			}
			for _, name := range []string{"Content-Security-Policy", "Cross-Origin-Resource-Policy", "Access-Control-Allow-Origin", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control", "ETag"} {
				if got, want := again.Header.Get(name), first.Header.Get(name); got != want {
					t.Errorf("%s, cookie %q: %s of the 304 is %q; of the 200 %q", address, passing, name, got, want)
				}
			}
		}
	}
}
