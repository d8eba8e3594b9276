package handlers

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"testing"

	"github.com/followthrough/followthrough/frontend/locale"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// TestTextsThatAreTooDifferentAreUnprocessable answers with the error of a comparison that ran out of time.
func TestTextsThatAreTooDifferentAreUnprocessable(t *testing.T) {
	t.Parallel()
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Options: Options{Log: slog.New(slog.DiscardHandler)}, words: words}
	for _, lang := range models.Langs {
		r := httptest.NewRequest("GET", "/compare.json", nil)
		c := &Call{Lang: lang, Format: represent.JSON, Path: "/compare", Address: "/compare.json"}
		r = r.WithContext(context.WithValue(r.Context(), callKey{}, c))
		c.Request = r
		w := httptest.NewRecorder()
		s.fail(w, r, &models.Error{Kind: models.KindDifferent, Key: "error.too_different"})
		var p Problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		if w.Code != 422 || p.Type != "urn:followthrough:problem:too_different" || p.Detail != words[lang].T("error.too_different") || p.Title != words[lang].T("error.title_too_different") {
			t.Errorf("%s: %d %+v", lang, w.Code, p)
		}
	}
}
