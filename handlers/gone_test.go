package handlers_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestRemovedRecordsSayWhatWhenAndWhy buries a record and asks for it in both languages and as data.
func TestRemovedRecordsSayWhatWhenAndWhy(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	change := store.Change{Action: "remove", Object: "evidence:twice", Needs: models.PermitImport}
	err := s.Write(context.Background(), models.Program, change, func(tx *store.Tx) error {
		return tx.Bury(models.RecordRef{Kind: "evidence", Ref: "twice", Title: models.Text{EN: "A page", JA: "あるページ"}}, models.Text{EN: "It stood in the record twice.", JA: "重複していたため。"})
	})
	if err != nil {
		t.Fatal(err)
	}
	w := newSite(t, s)
	for address, want := range map[string][]string{
		"/en/evidence/twice":   {"<h1>Removed</h1>", "“A page” (twice) was removed on 23 November 2026: It stood in the record twice.", `action="/en/search"`, "Nothing was changed"},
		"/ja/evidence/twice":   {"「あるページ」（twice）は2026年11月23日に削除されました。", "重複していたため。"},
		"/evidence/twice.json": {`"type":"urn:followthrough:problem:gone"`, `"status":410`, "It stood in the record twice."},
	} {
		answer := w.do("GET", address)
		body := read(t, answer)
		if answer.StatusCode != http.StatusGone {
			t.Errorf("%s: %d; want 410", address, answer.StatusCode)
		}
		if strings.HasSuffix(address, ".json") && answer.Header.Get("Content-Type") != represent.Problem {
			t.Errorf("%s: %s", address, answer.Header.Get("Content-Type"))
		}
		for _, part := range want {
			if !strings.Contains(body, part) {
				t.Errorf("%s: without %q", address, part)
			}
		}
	}
}
