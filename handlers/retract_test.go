package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestRetractionAsksOnAPageOfItsOwn names what rests on a piece of evidence before it is struck out, and afterwards who
// did it.
func TestRetractionAsksOnAPageOfItsOwn(t *testing.T) {
	t.Parallel()
	st := storetest.Quad(t, store.SQLite)
	s := newSite(t, st)
	person(t, st, "rao", models.Analyst)
	v := s.signedIn("rao")
	address := "/en/evidence/wh-2023-12-15/retract"
	if page := read(t, v.page("/en/evidence/wh-2023-12-15")); !strings.Contains(page, `href="`+address+`"`) || strings.Contains(page, "<textarea") {
		t.Error("the page of the evidence does not lead to the one that asks")
	}
	page := read(t, v.page(address))
	if !strings.Contains(page, "rest on it") || !strings.Contains(page, "#update-") {
		t.Error("the page does not name the judgements that rest on it")
	}
	form := fieldsOf(page, address)
	form.Set("reason.en", "A copy.")
	if r := v.send("POST", address, form.Encode(), "Content-Type", formType, "Accept", "text/html"); r.StatusCode != http.StatusSeeOther {
		t.Fatalf("retract: %d", r.StatusCode)
	}
	if page = s.get("/en/evidence/wh-2023-12-15"); !strings.Contains(page, "by rao:") || !strings.Contains(page, "A copy.") {
		t.Error("the page does not say who retracted it and why")
	}
	if page = read(t, v.page(address)); strings.Contains(page, "<textarea") {
		t.Error("what is retracted can be retracted again")
	}
	if r := v.send("POST", address, url.Values{"reason.en": {"Again."}}.Encode(), "Content-Type", formType, "Accept", "text/html"); r.StatusCode != http.StatusConflict {
		t.Errorf("again: %d", r.StatusCode)
	}
}
