package handlers_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// randomDays is the number of days on which the whole site is read. Their seed is fixed, so that a failure comes again.
const randomDays = 50

// TestNoAnswerSpeaksOfALaterDay reads every route that has a time, in every format, as of random days, and looks for
// any later date in what it says. models/store has the same test below the encoders and the pages; later_test.go says
// what may name a later date, and why.
func TestNoAnswerSpeaksOfALaterDay(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	r := rand.New(rand.NewPCG(20, 23))
	var seen daysSeen
	t.Run("as of", func(t *testing.T) {
		for n := range randomDays {
			day := models.NewDate(2019+r.IntN(9), 1+r.IntN(12), 1+r.IntN(28)).String()
			pick, lang := r.Uint64(), models.Langs[n%2]
			t.Run(day, func(t *testing.T) {
				t.Parallel()
				(&reading{t: t, site: site{t, s.h}, day: day, lang: lang, pick: pick, seen: &seen}).readAll()
			})
		}
	})
	t.Logf("%d answers on %d days, %d of them pages; %d dates and %d references in them", seen.answers.Load(), randomDays, seen.pages.Load(), seen.dates.Load(), seen.refs.Load())
	if seen.answers.Load() < 40*randomDays || seen.pages.Load() < 10*randomDays || seen.dates.Load() < 500*randomDays || seen.refs.Load() < 100*randomDays {
		t.Error("the test looked at too little")
	}
}

type daysSeen struct{ answers, pages, dates, refs atomic.Int64 }

// reading is the site as of one day.
type reading struct {
	t    *testing.T
	site site
	day  string
	lang models.Lang // of its pages
	pick uint64      // which record of each kind
	seen *daysSeen
}

// lists are the routes whose rows are the records of another route, and the field with their reference.
var lists = map[string][2]string{
	"topic": {"/topics", "slug"}, "initiative": {"/initiatives", "ref"}, "permanent": {"/initiatives", "ref"}, "meeting": {"/meetings", "ref"}, "country": {"/countries", "iso2"},
	"delegate": {"/delegates", "slug"}, "forum": {"/forums", "slug"}, "statement": {"/statements", "slug"}, "annotations": {"/statements", "slug"}, "permanent-statement": {"/statements", "slug"}, "commitment": {"/commitments", "code"},
	"topic-chart": {"/topics", "slug"}, "topic-embed": {"/topics", "slug"}, "initiative-chart": {"/initiatives", "ref"}, "country-chart": {"/countries", "iso2"}, "meeting-chart": {"/meetings", "ref"},
	"update": {"/activity", "id"}, "evidence-record": {"/evidence", "ref"}, "search-note": {"/search-notes", "ref"},
}

// readAll asks for every route in every format: all lists, and one record of each kind that the day has.
func (r *reading) readAll() {
	for _, route := range publicRoutes() {
		if !takes(route, "as_of=") {
			continue
		}
		path := route.Pattern
		if list, ok := lists[route.Name]; ok {
			refs := items(r.t, r.site.get(list[0]+".json?as_of="+r.day), list[1])
			if route.Name == "update" { // among other entries
				refs = slices.DeleteFunc(refs, func(id string) bool { return !strings.HasPrefix(id, "update/") })
				for i := range refs {
					refs[i] = strings.TrimPrefix(refs[i], "update/")
				}
			}
			if len(refs) == 0 {
				continue
			}
			path = strings.ReplaceAll(path, ":ref", refs[r.pick%uint64(len(refs))])
		}
		path = strings.ReplaceAll(path, ":ref", []string{"qscg", "qls", "qfmm"}[r.pick%3]) // a forum
		q := url.Values{"as_of": {r.day}}
		if route.Name == "search" {
			q.Set("q", []string{"cyber", "サイバー", "20"}[r.pick%3])
		}
		if takes(route, "limit=") {
			q.Set("limit", "200")
		}
		for _, f := range route.Formats {
			if f != represent.BibTeX && f != represent.RIS { // they say what the third format of a citation says
				r.read(path, f, q)
			}
		}
	}
}

// read asks for one address and looks for later dates in the answer.
func (r *reading) read(path string, f represent.Format, q url.Values) {
	address := path + "." + f.Name + "?" + q.Encode()
	if f == represent.HTML {
		address = "/" + string(r.lang) + strings.TrimPrefix(path, "/overview") + "?" + q.Encode()
	}
	answer := r.site.do("GET", address, "Accept", "text/html,*/*;q=0.8")
	body := read(r.t, answer)
	r.seen.answers.Add(1)
	if to := answer.Header.Get("Location"); to != "" {
		if !strings.Contains(to, "as_of="+r.day) {
			r.t.Errorf("%s leads to %s, out of the view", address, to)
		}
		r.look(address, "location", to)
		return
	}
	if answer.StatusCode != http.StatusOK {
		r.t.Errorf("%s: %d %.300s", address, answer.StatusCode, body)
		return
	}
	if f == represent.HTML {
		r.seen.pages.Add(1)
	}
	for _, said := range saidIn(r.t, f, body) {
		r.look(address, said.where, said.text)
	}
	if f == represent.HTML && !strings.Contains(body, `<p class="banner" role="status">`) {
		r.t.Errorf("%s: no banner says that the past is shown", address)
	}
}

// look reports dates and references in a text that are later than the day.
func (r *reading) look(address, where, text string) {
	text = laterPins.ReplaceAllString(text, "")
	for _, found := range datesIn(text) {
		r.seen.dates.Add(1)
		if later(found, r.day) {
			r.t.Errorf("%s speaks of %s in %s: %.200q", address, found, where, text)
		}
	}
	for _, found := range refsIn(text) {
		r.seen.refs.Add(1)
		if later(found, r.day) {
			r.t.Errorf("%s names a record of %s in %s: %.200q", address, found, where, text)
		}
	}
}

// TestNotesSpeakOfTheirOwnTime holds the words of every judgement to the day from which it is shown: a note that speaks
// of a later month would tell a view of the past what nobody knew.
func TestNotesSpeakOfTheirOwnTime(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	notes := 0
	for _, ref := range items(t, s.get("/initiatives.json?limit=200"), "ref") {
		var record models.Record[models.InitiativeRecord]
		if err := json.Unmarshal([]byte(s.get("/initiatives/"+ref+".json")), &record); err != nil {
			t.Fatal(err)
		}
		for _, u := range record.Item.Updates {
			notes++
			for _, found := range datesIn(u.Note.EN + " " + u.Note.JA) {
				if later(found, u.EffectiveOn.Last()) {
					t.Errorf("%s, %s: true from %s and speaks of %s: %s", ref, u.SourceRef, u.EffectiveOn, found, u.Note.EN)
				}
			}
		}
	}
	if notes < 100 {
		t.Errorf("%d notes read; want those of all updates", notes)
	}
}

// TestMeetingsLeadToTheirViews finds, on the page of each meeting, the record as it was then and what changed since.
func TestMeetingsLeadToTheirViews(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	refs := items(t, s.get("/meetings.json?limit=200"), "ref")
	for _, l := range models.Langs {
		for _, ref := range refs {
			var then, since bool
			address := fmt.Sprintf("/%s/meetings/%s", l, ref)
			base, err := url.Parse(address)
			if err != nil {
				t.Fatal(err)
			}
			for _, link := range readPage(t, base, s.get(address)).links {
				to, err := base.Parse(link.to)
				if err != nil {
					t.Fatal(err)
				}
				if to.Path == "/"+string(l)+"/" && !link.form {
					then = then || slices.Equal(to.Query()["as_of"], []string{ref})
					since = since || slices.Equal(to.Query()["vs"], []string{ref}) && !to.Query().Has("as_of")
				}
			}
			if !then || !since {
				t.Errorf("%s: leads to the view then: %v, and since: %v; want both", address, then, since)
			}
		}
	}
	if len(refs) < 20 {
		t.Errorf("%d meetings; want the 20 of the record", len(refs))
	}
}
