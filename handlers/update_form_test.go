package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestUpdateFormShowsWhatStandsAndTakesEvidenceFromElsewhere opens the form on a part and cites, by its reference, a source
// that is tied to other initiatives.
func TestUpdateFormShowsWhatStandsAndTakesEvidenceFromElsewhere(t *testing.T) {
	t.Parallel()
	st := storetest.Quad(t, store.SQLite)
	s := newSite(t, st)
	person(t, st, "rao", models.Analyst)
	v := s.signedIn("rao")
	r, err := st.Initiative(t.Context(), models.Public, models.When{}, "QSCG-AI-ML")
	if err != nil {
		t.Fatal(err)
	}
	page := read(t, v.page("/en/initiatives/QSCG-AI-ML/update?country=JP"))
	if !strings.Contains(page, "<strong>Japan (JP)</strong>") {
		t.Error("what stands now is not that of Japan's part")
	}
	for _, p := range r.Item.Parts {
		if p.Applicable() && !strings.Contains(page[strings.Index(page, `id="field-replaces"`):strings.Index(page, "<form method=\"post\"")], "("+p.Country+")") {
			t.Errorf("what stands of the part of %s is not shown", p.Country)
		}
	}
	all, err := st.EvidenceList(t.Context(), models.Public, models.When{}, models.Page{Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	other := ""
	for _, e := range all.Items {
		if !strings.Contains(page, `value="`+e.Ref+`" checked`) && !strings.Contains(strings.Join(e.Initiatives, " "), "QSCG-AI-ML") {
			other = e.Ref
		}
	}
	if !strings.Contains(page, `<option value="`+other+`"`) {
		t.Errorf("the form does not offer %s", other)
	}
	address := "/en/initiatives/QSCG-AI-ML/updates"
	row := "evidence.40."
	form := fieldsOf(page, address)
	for name, value := range map[string]string{"status": "announced", "effective_on": "2026-11-01", "reason": "evidence", "country": "JP", row + "ref": "no-such-source", row + "grade": "E1", row + "stance": "supports"} {
		form.Set(name, value)
	}
	post := func() *http.Response {
		return v.send("POST", address, form.Encode(), "Content-Type", formType, "Accept", "text/html")
	}
	if r := post(); r.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(read(t, r), `href="#field-`+row+`ref"`) {
		t.Errorf("a reference of nothing: %d; want the error at its field", r.StatusCode)
	}
	form.Set(row+"ref", " "+other+" ")
	if r := post(); r.StatusCode != http.StatusSeeOther {
		t.Fatalf("a source of another initiative: %d %s", r.StatusCode, read(t, r))
	}
	if page = s.get("/en/initiatives/QSCG-AI-ML"); !strings.Contains(page, `href="#evidence-`+other+`"`) {
		t.Error("the judgement does not name the source")
	}
}
