package seed_test

import (
	"context"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
	"github.com/followthrough/followthrough/models/transfer"
	"github.com/followthrough/followthrough/seed"
)

func quad(t *testing.T) *transfer.Bundle {
	t.Helper()
	b, err := seed.Quad()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestQuadCounts(t *testing.T) {
	t.Parallel()
	b := quad(t)
	own := 0
	events := map[string]bool{}
	whole, parts := map[string]bool{}, map[string]bool{}
	for _, u := range b.Updates {
		events[u.SourceRef] = true
		if u.Country == "" {
			whole[u.SourceRef] = true
		} else {
			parts[u.SourceRef] = true
		}
		if u.Mark != models.Imported || !strings.Contains(u.Provenance, "not reviewed by a person") || len(u.Evidence) == 0 {
			t.Errorf("%s: an imported update must say so and name its sources: %+v", u.SourceRef, u)
		}
	}
	for _, c := range b.Context {
		events[c.SourceRef] = true
	}
	attendances, readings, quirks := 0, 0, 0
	for _, d := range b.Delegates {
		attendances += len(d.Attendances)
	}
	for _, c := range b.Contradictions {
		if c.Kind == "quirk" {
			quirks++
		} else {
			readings++
		}
	}
	for _, m := range b.Meetings {
		if m.Forum == "qscg" {
			own++
		}
	}
	notTrackable := 0
	for _, c := range b.Commitments {
		if !c.Trackable {
			notTrackable++
		}
	}
	for name, c := range map[string][2]int{
		"countries": {len(b.Countries), 4}, "forums": {len(b.Forums), 3}, "topics": {len(b.Topics), 21}, "meetings": {len(b.Meetings), 20},
		"meetings of the group": {own, 3}, "delegates": {len(b.Delegates), 23}, "attendances": {attendances, 65}, "statements": {len(b.Statements), 1},
		"paragraphs": {len(b.Statements[0].Paragraphs), 8}, "initiatives": {len(b.Initiatives), 29}, "commitments": {len(b.Commitments), 21},
		"commitments that are not trackable": {notTrackable, 5}, "events": {len(events), 131}, "events of the four": {len(whole), 91},
		"events of members": {len(parts), 34}, "wider events": {len(b.Context), 6}, "search notes": {len(b.SearchNotes), 6},
		"contradictions": {readings, 21}, "quirks": {quirks, 15}, "sources": {len(b.Evidence), 144},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: %d; want %d", name, c[0], c[1])
		}
	}
}

func TestEveryQuoteStandsInItsParagraph(t *testing.T) {
	t.Parallel()
	b := quad(t)
	paragraphs := map[string]models.Paragraph{}
	for _, p := range b.Statements[0].Paragraphs {
		paragraphs[p.Ref] = p
	}
	for _, c := range b.Commitments {
		for _, l := range models.Langs {
			if exact := c.Words[l].Exact; exact == "" || !strings.Contains(paragraphs[c.Paragraph].Texts[l], exact) {
				t.Errorf("%s: %q does not stand in %s (%s)", c.Code, exact, c.Paragraph, l)
			}
		}
	}
}

// TestStatementIsVerbatim finds each paragraph, with its delimiters, in the bytes of the source.
func TestStatementIsVerbatim(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("data/qscg-2023-12-bilingual.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(raw), "\n")
	for i, p := range quad(t).Statements[0].Paragraphs {
		if got := p.Texts[models.English] + " | " + p.Texts[models.Japanese] + " |"; got != lines[7+i] {
			t.Errorf("%s: the two cells and their pipes are not line %d of the source", p.Ref, 8+i)
		}
	}
	if s := quad(t).Statements[0]; s.Title.EN != "Joint Statement of the Quad Senior Cyber Group" || s.Title.JA != "日米豪印上級サイバーグループ共同プレスリリース" {
		t.Errorf("title = %+v", s.Title)
	}
}

func TestSeedIsDeterministic(t *testing.T) {
	t.Parallel()
	if a, b := quad(t), quad(t); !reflect.DeepEqual(a, b) {
		t.Error("two readings of the data set differ")
	}
}

func TestSeedingTwiceChangesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		storetest.Seed(t, s)
		before, _ := s.DataVersion(ctx)
		applied, err := transfer.Apply(ctx, s, models.Program, quad(t))
		after, _ := s.DataVersion(ctx)
		log, _ := s.AuditLog(ctx, 0, 10)
		if applied || err != nil || before != after || len(log) != 1 {
			t.Errorf("second time: applied %v, %v, version %d then %d, %d audit entries", applied, err, before, after, len(log))
		}
		other := *quad(t)
		other.SHA256 = "another"
		if _, err := transfer.Apply(ctx, s, models.Program, &other); err == nil {
			t.Error("another version of the same data set was loaded over the first")
		}
	})
}

func TestRecalledFactsStayOut(t *testing.T) {
	t.Parallel()
	b := quad(t)
	for _, d := range b.Delegates {
		switch d.Slug {
		case "michael-pezzullo", "rajesh-pant":
			if d.Name.JA != "" {
				t.Errorf("%s: the recalled spelling %q is shown as fact", d.Slug, d.Name.JA)
			}
		case "motegi":
			if d.Name.EN != "" || d.Name.JA != "茂木敏充" {
				t.Errorf("%s: %+v", d.Slug, d.Name)
			}
		}
	}
	for _, m := range b.Meetings {
		if m.Ref == "qls-2021-03" && m.Host != "" {
			t.Errorf("the recalled host %q of %s is shown as fact", m.Host, m.Ref)
		}
	}
}

func TestOfficesAreDated(t *testing.T) {
	t.Parallel()
	dated := map[string]models.Office{}
	for _, d := range quad(t).Delegates {
		dated[d.Slug] = d.Offices[0]
	}
	if o := dated["michael-pezzullo"]; o.Until.String() != "2023-11-27" || !o.UntilKnown {
		t.Errorf("Pezzullo: %+v; want an end on 2023-11-27", o)
	}
	if o := dated["masataka-okano"]; o.From.String() != "2022-09" || o.Until.String() != "2023-08" {
		t.Errorf("Okano: %+v", o)
	}
	if o := dated["keiichi-ichikawa"]; o.UntilKnown || !o.Until.IsZero() {
		t.Errorf("Ichikawa: %+v; an end that no source gives is unknown", o)
	}
}

func TestEverythingHasJapaneseWords(t *testing.T) {
	t.Parallel()
	b := quad(t)
	check := func(what string, x models.Text) {
		if (x.EN == "") != (x.JA == "") {
			t.Errorf("%s has words in one language alone: %+v", what, x)
		}
	}
	for _, u := range b.Updates {
		check(u.SourceRef+" note", u.Note)
		check(u.SourceRef+" occasion", u.Occasion)
		check(u.SourceRef+" remark", u.Remark)
		check(u.SourceRef+" rationale", u.Rationale)
		check(u.SourceRef+" scope", u.Scope)
	}
	for _, c := range b.Context {
		check(c.SourceRef, c.Note)
		check(c.SourceRef+" scope", c.Scope)
	}
	for _, c := range b.Contradictions {
		check(c.Slug, c.ReadingA)
		check(c.Slug+" b", c.ReadingB)
		check(c.Slug+" subject", c.Subject)
		check(c.Slug+" advice", c.Advice)
	}
	for _, m := range b.Meetings {
		check(m.Ref, m.City)
		check(m.Ref+" note", m.Note)
	}
	for _, n := range b.SearchNotes {
		check(n.Initiative, n.Result)
	}
	for _, c := range b.Commitments {
		check(c.Code, c.Note)
	}
	for _, p := range b.Publications {
		check(p.Title, p.Note)
	}
}
