package frontend

import (
	"bytes"
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend/locale"
	"github.com/followthrough/followthrough/models"
)

// sampleBriefing has everything a briefing can have; bare has nothing.
func sampleBriefing(lang string, bare bool) *models.Record[models.Briefing] {
	o := models.BriefingOptions{For: "f", Lang: lang, Include: models.BriefingParts, Topic: []string{"t"}, Status: []models.Status{models.Stalled}, GreySafe: true, Paper: models.PaperLetter}
	o.Complete(models.English)
	at := models.At{Today: models.NewDate(2026, 11, 23), VS: models.NewDate(2023, 12, 6), VSMeeting: "qscg-2023-12", Forum: sampleForum,
		Meetings: []models.MeetingBrief{{Ref: "qscg-2023-12", Forum: sampleForum, City: tokyo, StartsOn: models.NewDate(2023, 12, 5), EndsOn: models.NewDate(2023, 12, 6)}}}
	b := models.Briefing{Options: o, Forum: models.Reference{Ref: "f", Title: sampleForum}, PreparedOn: models.NewDate(2026, 11, 23), Chain: models.AuditHead{Seq: 3, Hash: strings.Repeat("ab", 32)},
		Choices: models.BriefingChoices{For: []models.BriefingFor{{Value: "f", Forum: sampleForum}, {Value: "m-9", Forum: sampleForum, Meeting: &at.Meetings[0]}}, Facets: map[string][]models.Facet{"country": {{Value: "JP", Label: japan, Count: 1}}, "topic": {{Value: "t", Label: long, Count: 1}}}}}
	if bare {
		b.Forum, b.Chain = models.Reference{}, models.AuditHead{}
		return &models.Record[models.Briefing]{Item: b, At: at}
	}
	b.Options.Title, b.Options.Audience, b.Options.ByCountry, b.Meeting = long.EN, "Head <of> delegation", []string{"JP"}, &at.Meetings[0]
	judged := map[string]models.Update{}
	for n, st := range models.Statuses {
		i := sampleInitiative([]models.Text{long, {EN: "English alone"}, {JA: "日本語のみ"}}[n%3], st)
		i.Mark = models.Marks[n%len(models.Marks)]
		i.Change, i.Was = models.Changes[n%len(models.Changes)], models.Announced
		i.DueOn, i.Schedule = models.NewDate(2024, 3, 1), models.Overdue
		judged[i.Ref+"/"] = models.Update{Note: long, SearchNote: "n", Searched: models.SearchNote{SearchedOn: models.NewDate(2024, 1, 2), Where: "Gazette"},
			Evidence: []models.Citation{{Evidence: models.Evidence{Ref: "e-" + string(st), Title: "根拠", Publisher: "P", Kind: "media", Langs: []models.Lang{"ja"}, URL: "https://example.org/a"}}, {Evidence: models.Evidence{Ref: "bare", Title: "No address", Publisher: "P", Kind: "other", RetractedAt: "2026-01-01T00:00:00Z"}}}}
		b.Summary.Add(i.Status, i.Mark, i.Change, i.Trackable, 1)
		b.Initiatives = append(b.Initiatives, b.Rest(i, judged))
	}
	b.Sort()
	refs := []string{b.Initiatives[0].Ref, b.Initiatives[7].Ref}
	b.Topics = []models.BriefingTopic{{Topic: models.Reference{Ref: "t", Title: long}, Summary: b.Summary, Initiatives: refs}}
	b.Countries = []models.BriefingCountry{{Country: models.Reference{Ref: "JP", Title: japan}, Applicable: 2, Action: 1, Initiatives: refs}, {Country: models.Reference{Ref: "US", Title: models.Text{EN: "United States"}}}}
	b.Commitments = sampleCommitments()
	statement := sampleStatement().Statement
	b.Statement = &statement
	return &models.Record[models.Briefing]{Item: b, At: at, DataVersion: 7}
}

// briefingSamples are the composer, frozen briefings and the list of them.
func briefingSamples(f framer) map[string]templ.Component {
	words := locale.Catalogue{}
	for _, l := range models.Langs {
		p, err := locale.Load()
		if err != nil {
			return nil
		}
		words[l] = p[l]
	}
	sheet := func(r *models.Record[models.Briefing]) Sheet {
		return NewSheet(words, r, func(path string) string { return "http://localhost/en" + path })
	}
	frozen := func(lang string) models.FrozenBriefing {
		r := sampleBriefing(lang, false)
		file, _ := BriefingFile(context.Background(), sheet(r)) // to a buffer
		return models.FrozenBriefing{ID: 7, Heading: sampleForum, Options: r.Item.Options, AsOf: models.NewDate(2023, 12, 6), DataVersion: 7, Chain: r.Item.Chain, FrozenAt: "2026-11-22T23:59:59.000000Z", Author: "A. Rao",
			Files: []models.BriefingFile{{Format: "html", SHA256: strings.Repeat("cd", 32), Size: len(file), Body: file}}}
	}
	analyst := f("/briefings/new", url.Values{"title": {"x"}})
	analyst.Actor = models.Actor{ID: 1, Name: "A. Rao", Role: models.Analyst}
	wrong := Form{Errors: map[string]string{"title": "title: too long"}, Order: []string{"title"}, Key: "k"}
	untitled := frozen("ja")
	untitled.Options.Title = ""
	next := "token"
	list := listOf(frozen("en"), untitled)
	list.Next = &next
	whole, bare := sampleBriefing("both", false), sampleBriefing("en", true)
	uncompared := sampleBriefing("ja", false)
	uncompared.At.VS, uncompared.Item.Statement, uncompared.Item.Commitments, uncompared.Item.Meeting = models.Date{}, nil, nil, nil
	return map[string]templ.Component{
		"briefings, none":             Briefings(about(f("/briefings", nil)), listOf[models.FrozenBriefing]()),
		"briefings, many":             Briefings(about(f("/briefings", nil)), list),
		"composer, everything":        Compose(analyst, whole.Item, sheet(whole), Form{Key: "k"}),
		"composer, of nothing":        Compose(f("/briefings/new", nil), bare.Item, sheet(bare), Form{}),
		"composer, Japanese":          Compose(f("/briefings/new", url.Values{"lang": {"ja"}}), uncompared.Item, sheet(uncompared), Form{}),
		"composer, refused":           Compose(analyst, whole.Item, sheet(whole), wrong),
		"frozen briefing, both":       FrozenPage(about(f("/briefings/7", nil)), frozen("both"), strings.Repeat("cd", 32)),
		"frozen briefing, English":    FrozenPage(about(f("/briefings/7", nil)), frozen("en"), strings.Repeat("cd", 32)),
		"frozen briefing, altered":    FrozenPage(about(f("/briefings/7", nil)), frozen("en"), strings.Repeat("ef", 32)),
		"frozen briefing, no content": FrozenPage(about(f("/briefings/7", nil)), models.FrozenBriefing{ID: 8, Heading: long}, ""),
	}
}

// TestReviewMarksDiffer holds the four review marks of a briefing apart in word and in class.
func TestReviewMarksDiffer(t *testing.T) {
	t.Parallel()
	for _, lang := range models.BriefingLangs {
		s := NewSheet(catalogue(t), sampleBriefing(lang, false), func(path string) string { return path })
		file, err := BriefingFile(context.Background(), s)
		if err != nil {
			t.Fatal(err)
		}
		styles, body, _ := strings.Cut(file, "</style>")
		words, markdown := map[string]string{}, s.Markdown()
		for _, m := range regexp.MustCompile(`(?s)data-mark="([a-z]+)">(.*?)</span>\s*(?:</td>|<span|</th>)`).FindAllStringSubmatch(body, -1) {
			words[m[1]] = strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(m[2], " ")), " ")
		}
		seen := map[string]bool{}
		for _, m := range models.Marks {
			w := words[string(m)]
			if w == "" || seen[w] {
				t.Errorf("%s: %s is told by %q; want words of its own", lang, m, w)
			}
			seen[w] = true
			if !strings.Contains(styles, ".b-mark-"+string(m)) {
				t.Errorf("%s: %s has no look of its own", lang, m)
			}
			for _, p := range s.Langs {
				if !strings.Contains(markdown, escapeMarkdown(p.T("mark."+string(m)))) {
					t.Errorf("%s: the Markdown does not say %s", lang, m)
				}
			}
		}
	}
}

// TestKeptArticleIsWhole cuts the document out of a file and writes it anew.
func TestKeptArticleIsWhole(t *testing.T) {
	t.Parallel()
	s := NewSheet(catalogue(t), sampleBriefing("both", false), func(path string) string { return path })
	var want bytes.Buffer
	if err := briefing(s).Render(context.Background(), &want); err != nil {
		t.Fatal(err)
	}
	file, err := BriefingFile(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	got, ok := article(file)
	if !ok || got != strings.TrimSpace(want.String()) {
		t.Errorf("got %d bytes, %v; want the %d of the document", len(got), ok, want.Len())
	}
	if got := runningOf(file); got != s.running() || !strings.Contains(got, "An-initiative") {
		t.Errorf("running head %q; want %q", got, s.running())
	}
	if _, ok := article("<p>nothing</p>"); ok {
		t.Error("a file without a document has one")
	}
}

// TestAlteredBriefingIsNotShown gives the page a file that does not have the hash it was kept with.
func TestAlteredBriefingIsNotShown(t *testing.T) {
	t.Parallel()
	f := func(path string, q url.Values) Frame { return sampleFrame(t, models.English, path, q) }
	for name, shown := range map[string]bool{"frozen briefing, English": true, "frozen briefing, altered": false} {
		var out bytes.Buffer
		if err := briefingSamples(f)[name].Render(context.Background(), &out); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "<article ") != shown || strings.Contains(out.String(), `role="alert"`) == shown {
			t.Errorf("%s: shown %v; want %v, and a warning otherwise", name, !shown, shown)
		}
	}
}
