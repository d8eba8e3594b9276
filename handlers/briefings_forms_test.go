package handlers_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestLinksOfABriefingKeepItsTime follows the links of a file that speaks of the past, as it was known then.
func TestLinksOfABriefingKeepItsTime(t *testing.T) {
	t.Parallel()
	file := quadSite(t).get("/briefings/new.html?as_of=2023-12-06&known_at=2026-11-23")
	links := regexp.MustCompile(`href="(http://example\.com/[^"]*)"`).FindAllStringSubmatch(file, -1)
	if len(links) < 29 {
		t.Fatalf("%d links; want one for each initiative", len(links))
	}
	for _, l := range links {
		if address := html.UnescapeString(l[1]); !strings.Contains(address, "as_of=2023-12-06") || !strings.Contains(address, "known_at=2026-11-23") {
			t.Errorf("%s leads to another time", address)
		}
	}
}

// TestFrozenTableHoldsNoFormulas freezes a record in which a title begins like a formula.
func TestFrozenTableHoldsNoFormulas(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	w := newSite(t, s)
	e, version, err := s.Editable(t.Context(), models.Program, "initiative", "QSCG-AI-ML")
	if err != nil {
		t.Fatal(err)
	}
	e.(*models.InitiativeEdit).Title.EN = "=HYPERLINK(1)"
	if err := s.Edit(t.Context(), models.Program, "initiative", "QSCG-AI-ML", version, e, nil); err != nil {
		t.Fatal(err)
	}
	b := froze(t, w, s, `{"for":"qscg"}`)
	titles := strings.Join(column(t, w.get(fmt.Sprintf("/briefings/%d.csv", b.ID)), "title_en"), "\n")
	if !strings.Contains(titles, "=HYPERLINK(1)") || strings.Contains("\n"+titles, "\n=") {
		t.Errorf("%s; want the title with what keeps a spreadsheet from running it", titles)
	}
}

// TestPicturesOfAPersonStayOnThisSite asks for a picture with an account: other sites get the one of everybody alone.
func TestPicturesOfAPersonStayOnThisSite(t *testing.T) {
	t.Parallel()
	h, all := editors(t, "rao")
	for _, address := range []string{"/en/overview/chart.svg", "/en/topics/supply-chain/embed"} {
		everybody := h.do("GET", address).Header
		own := all[0].send("GET", address, "")
		if own.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d", address, own.StatusCode)
		}
		if everybody.Get("Cross-Origin-Resource-Policy") != "cross-origin" || everybody.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: for everybody %v; want it open", address, everybody)
		}
		if got := own.Header.Get("Cross-Origin-Resource-Policy"); got == "cross-origin" || own.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: with an account %q, %q; want it closed to other sites", address, got, own.Header.Get("Access-Control-Allow-Origin"))
		}
	}
}
