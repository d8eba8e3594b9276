package frontend

import (
	"bytes"
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

func TestActivityIsGroupedByTheDayOfRecordingInUTC(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := samples(t, models.English)["activity, many"].Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	body := b.String()
	last := 0
	for _, must := range []string{"<h2>Recorded on 22 November 2026</h2>", "23:59 UTC</time>", "A country’s part · since 2 January 2024 · 2 sources · by K. Sato", `href="/en/initiatives/QSCG-SAMPLE#update-7"`,
		`data-status="delivered"`, "was Announced", "The searcher suggests: Stalled.", "<h2>Recorded on 21 November 2026</h2>", "21 commitments.", "<h2>2 January 2024</h2>"} {
		at := strings.Index(body[last:], must)
		if at < 0 {
			t.Fatalf("after %d bytes, no %q", last, must)
		}
		last += at
	}
	if n := strings.Count(body, "<h2>"); n != 3 {
		t.Errorf("%d days; want 3", n)
	}
}

// TestFiltersBeyondTheFormAreShown asks for what only an address can ask for.
func TestFiltersBeyondTheFormAreShown(t *testing.T) {
	t.Parallel()
	f := sampleFrame(t, models.English, "/activity", url.Values{"q": {"cloud"}, "status": {"stalled"}, "meeting": {"qscg-2023-12"}, "delegate": {"d"}, "country": {"JP"}})
	facets := map[string][]models.Facet{"country": {{Value: "JP", Label: models.Text{EN: "Japan"}}}}
	if got, want := ActivityTitle(f, facets), "Activity: Stalled, Japan, Tokyo, 5–6 December 2023, d, Words: cloud"; got != want {
		t.Errorf("title %q; want %q", got, want)
	}
	var b bytes.Buffer
	if err := NewActivity(f, &models.List[models.Event]{Facets: facets}).Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	for _, must := range []string{"Status: Stalled<", "Country: Japan<", "First promised: Tokyo, 5–6 December 2023<", "Delegate: d<", "Words: cloud<", "No entry matches all of these filters."} {
		if !strings.Contains(b.String(), must) {
			t.Errorf("no %q", must)
		}
	}
}

func TestEventTitles(t *testing.T) {
	t.Parallel()
	e := models.Event{Kind: models.EventStatus, Title: models.Text{EN: "Labels", JA: "ラベル"}, Status: models.Delivered, Was: models.Announced}
	same, part, mend, statement := e, e, e, e
	same.Was = same.Status
	part.Kind, part.Country, part.Was = models.EventPart, "JP", ""
	mend.Kind = models.EventCorrection
	statement.Kind, statement.Status = models.EventStatement, ""
	for _, c := range []struct {
		event  models.Event
		en, ja string
	}{
		{e, "Labels: Delivered, was Announced", "ラベル：達成（前の状況：表明済み）"}, {same, "Labels: Delivered", "ラベル：達成"}, {part, "Labels (JP): Delivered", "ラベル（JP）：達成"},
		{mend, "Corrected: Labels: Delivered, was Announced", "訂正：ラベル：達成（前の状況：表明済み）"}, {statement, "Statement: Labels", "声明：ラベル"},
	} {
		en, ja := EventTitle(sampleFrame(t, models.English, "/activity", nil), c.event), EventTitle(sampleFrame(t, models.Japanese, "/activity", nil), c.event)
		if en != c.en || ja != c.ja {
			t.Errorf("got %q and %q; want %q and %q", en, ja, c.en, c.ja)
		}
	}
}

func TestFeedsAndCalendarsSayTheirLanguageInTheAddress(t *testing.T) {
	t.Parallel()
	q := url.Values{"after": {"token"}, "country": {"JP"}}
	en, ja := sampleFrame(t, models.English, "/activity", q), sampleFrame(t, models.Japanese, "/activity", q)
	for got, want := range map[string]string{
		en.As("atom"): "/activity.atom?country=JP", ja.As("atom"): "/ja/activity.atom?country=JP", ja.As("ics"): "/ja/activity.ics?country=JP",
		ja.As("json"): "/activity.json?after=token&country=JP", en.As("atom", "after", "next"): "/activity.atom?after=next&country=JP",
		ja.Standing("/initiatives/X#update-1"): "/ja/initiatives/X#update-1", en.Standing("/statements/s"): "/en/statements/s",
	} {
		if got != want {
			t.Errorf("got %s; want %s", got, want)
		}
	}
}
