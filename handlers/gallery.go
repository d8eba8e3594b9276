package handlers

import (
	"bytes"
	"log/slog"
	"net/http"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/frontend/gallery"
	"github.com/followthrough/followthrough/frontend/locale"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// Gallery returns the handler of the gallery: the samples of components and pages under /en/ and /ja/, with the files and
// the content policy of the product and without its record.
func Gallery(log *slog.Logger) (http.Handler, error) {
	words, err := locale.Load()
	if err != nil {
		return nil, err
	}
	assets, err := frontend.LoadAssets()
	if err != nil {
		return nil, err
	}
	pages := gallery.New(frontend.Samples{Words: words, Asset: assets.URL})
	mux := http.NewServeMux()
	mux.Handle("GET /{$}", http.RedirectHandler("/en/", http.StatusFound))
	mux.HandleFunc("GET /static/", func(w http.ResponseWriter, r *http.Request) { serveAsset(w, r, assets) })
	mux.HandleFunc("GET /{lang}/{path...}", func(w http.ResponseWriter, r *http.Request) {
		page, ok := pages.At(models.Lang(r.PathValue("lang")), "/"+r.PathValue("path"))
		if !ok { // most links of the samples lead to records
			text(w, http.StatusNotFound, "the gallery has no such page")
			return
		}
		var body bytes.Buffer
		if err := page.Render(r.Context(), &body); err != nil {
			log.Error("failed", "path", r.URL.Path, "cause", err)
			text(w, http.StatusInternalServerError, "the page could not be written; the log says why")
			return
		}
		w.Header().Set("Content-Type", represent.HTML.ContentType())
		w.Header().Set("Cache-Control", "no-store")
		_, _ = body.WriteTo(w) // a reader who left cannot be told
	})
	return (&Server{}).securityHeaders(mux), nil
}
