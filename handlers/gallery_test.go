package handlers_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers"
)

// TestGalleryKeepsThePolicyOfTheProduct compares what the gallery sends with what the server sends: the same policy, and the
// same files at the same addresses.
func TestGalleryKeepsThePolicyOfTheProduct(t *testing.T) {
	t.Parallel()
	gallery, err := handlers.Gallery(slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ask := func(h http.Handler, path string) *http.Response {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w.Result()
	}
	product := quietHouse(t).h
	index := ask(gallery, "/en/")
	body, err := io.ReadAll(index.Body)
	if err != nil || index.StatusCode != http.StatusOK {
		t.Fatalf("status %d, %v", index.StatusCode, err)
	}
	want := ask(product, "/en/")
	for _, header := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Content-Type"} {
		if got := index.Header.Get(header); got != want.Header.Get(header) || got == "" {
			t.Errorf("%s: %q; want %q", header, got, want.Header.Get(header))
		}
	}
	files := regexp.MustCompile(`(?:src|href)="(/static/[^"]+)"`).FindAllStringSubmatch(string(body), -1)
	if len(files) < 3 {
		t.Errorf("the page loads %d files", len(files))
	}
	for _, m := range files {
		if a, b := ask(gallery, m[1]), ask(product, m[1]); a.StatusCode != http.StatusOK || b.StatusCode != http.StatusOK || a.Header.Get("Cache-Control") != b.Header.Get("Cache-Control") {
			t.Errorf("%s: the gallery answers %d, the product %d", m[1], a.StatusCode, b.StatusCode)
		}
	}
	for path, want := range map[string]int{"/": http.StatusFound, "/en/pages/no-such-sample": http.StatusNotFound, "/fr/": http.StatusNotFound, "/static/none.css": http.StatusNotFound, "/ja/components/status": http.StatusOK} {
		if got := ask(gallery, path).StatusCode; got != want {
			t.Errorf("%s answers %d; want %d", path, got, want)
		}
	}
	if strings.Contains(string(body), " style=") {
		t.Error("the page has a style of its own, which its policy refuses")
	}
}
