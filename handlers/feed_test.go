package handlers_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models"
)

// feed is an Atom document as a reader takes it in.
type feed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      string   `xml:"http://www.w3.org/2005/Atom id"`
	Title   string   `xml:"http://www.w3.org/2005/Atom title"`
	Updated string   `xml:"http://www.w3.org/2005/Atom updated"`
	Author  string   `xml:"http://www.w3.org/2005/Atom author>name"`
	Rights  string   `xml:"http://www.w3.org/2005/Atom rights"`
	Made    string   `xml:"http://www.w3.org/2005/Atom generator"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"http://www.w3.org/2005/Atom link"`
	Entries []struct {
		ID      string `xml:"http://www.w3.org/2005/Atom id"`
		Title   string `xml:"http://www.w3.org/2005/Atom title"`
		Updated string `xml:"http://www.w3.org/2005/Atom updated"`
		Link    struct {
			Href string `xml:"href,attr"`
		} `xml:"http://www.w3.org/2005/Atom link"`
		Categories []struct {
			Term string `xml:"term,attr"`
		} `xml:"http://www.w3.org/2005/Atom category"`
		Summary []struct {
			Lang string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
			Text string `xml:",chardata"`
		} `xml:"http://www.w3.org/2005/Atom summary"`
		Paragraphs []struct {
			Lang string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
			Text string `xml:",chardata"`
		} `xml:"content>div>p"`
	} `xml:"http://www.w3.org/2005/Atom entry"`
}

func (f feed) link(rel string) string {
	for _, l := range f.Links {
		if l.Rel == rel {
			return l.Href
		}
	}
	return ""
}

// ids are what follows the identity of the record in the ids of the entries.
func (f feed) ids() []string {
	all := make([]string, len(f.Entries))
	for i, e := range f.Entries {
		all[i] = e.ID[strings.LastIndexByte(e.ID, ':')+1:]
	}
	return all
}

var tagURI = regexp.MustCompile(`^tag:followthrough,2026:[0-9a-f]{12}:[!-~]+$`)

// parseFeed reads a feed and looks at what RFC 4287 asks of it.
func parseFeed(t *testing.T, address, body string) feed {
	t.Helper()
	var f feed
	if err := xml.Unmarshal([]byte(body), &f); err != nil {
		t.Fatalf("%s: %v: %.300s", address, err, body)
	}
	instant := func(s string) {
		if _, err := time.Parse(time.RFC3339, s); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	instant(f.Updated)
	if !tagURI.MatchString(f.ID) || f.Title == "" || f.Author == "" || f.Rights == "" || f.Made == "" || f.link("self") == "" || f.link("alternate") == "" || f.Lang == "" {
		t.Errorf("%s: the feed lacks something: %+v", address, f)
	}
	seen := map[string]bool{}
	for i, e := range f.Entries {
		instant(e.Updated)
		if i > 0 && e.Updated > f.Entries[i-1].Updated || e.Updated > f.Updated {
			t.Errorf("%s: %s is newer than what stands above it", address, e.ID)
		}
		if !tagURI.MatchString(e.ID) || seen[e.ID] || e.Title == "" || !strings.HasPrefix(e.Link.Href, "http://example.com/"+f.Lang+"/") || len(e.Categories) == 0 || len(e.Summary) > 1 {
			t.Errorf("%s: an entry lacks something or stands twice: %+v", address, e)
		}
		seen[e.ID] = true
	}
	return f
}

// feeds are the addresses of feeds with what they hold, as a query of /activity.
var feeds = map[string]string{
	"/activity": "", "/activity?kind=search_note": "kind=search_note", "/initiatives?status=under_way&country=JP": "status=under_way&country=JP",
	"/topics/critical-infrastructure": "topic=critical-infrastructure", "/countries/AU": "country=AU", "/initiatives?q=cyber+challenge": "q=cyber+challenge",
	"/initiatives?topic=critical-infrastructure&as_of=2023-12-31": "topic=critical-infrastructure&as_of=2023-12-31",
}

func TestFeedHasExactlyTheEntriesOfItsFilter(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for address, query := range feeds {
		path, own, _ := strings.Cut(address, "?")
		if !strings.HasPrefix(path, "/topics/") && !strings.HasPrefix(path, "/countries/") {
			own += "&limit=200"
		}
		f := parseFeed(t, address, s.get(path+".atom?"+own))
		want := items(t, s.get("/activity.json?limit=200&"+query), "id")
		if got := f.ids(); len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s: %v; want %v", address, got, want)
		}
	}
	f := parseFeed(t, "initiative", s.get("/initiatives/QSCG-CYBER-CHALLENGE.atom"))
	for _, e := range f.Entries {
		if !strings.Contains(e.Link.Href, "/QSCG-CYBER-CHALLENGE#") && !slices.Contains([]string{"search_note", "statement"}, e.Categories[0].Term) {
			t.Errorf("the feed of one initiative holds %+v", e)
		}
	}
	if len(f.Entries) < 3 {
		t.Errorf("the feed of one initiative has %d entries", len(f.Entries))
	}
}

func TestFeedPagesHoldEveryEntryOnce(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	var got []string
	address := "/initiatives.atom?country=JP&limit=30"
	for range 20 {
		f := parseFeed(t, address, s.get(address))
		got = append(got, f.ids()...)
		if address = strings.TrimPrefix(f.link("next"), "http://example.com"); address == "" {
			break
		}
	}
	if want := items(t, s.get("/activity.json?country=JP&limit=200"), "id"); !slices.Equal(got, want) {
		t.Errorf("by pages %d entries, at once %d", len(got), len(want))
	}
}

// TestFeedLanguage reads the feed under every address it has.
func TestFeedLanguage(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	english, japanese := s.get("/activity.atom?kind=status"), s.get("/ja/activity.atom?kind=status")
	for _, address := range []string{"/activity.atom?kind=status", "/en/activity.atom?kind=status", "/api/v1/activity.atom?kind=status"} {
		if s.get(address, "Accept-Language", "ja") != english {
			t.Errorf("%s depends on the language of the reader's program", address)
		}
	}
	a, b := parseFeed(t, "en", english), parseFeed(t, "ja", japanese)
	if a.Lang != "en" || b.Lang != "ja" || a.ID != b.ID || !slices.Equal(a.ids(), b.ids()) || a.Title == b.Title {
		t.Errorf("the feeds are %s %q %s and %s %q %s", a.Lang, a.Title, a.ID, b.Lang, b.Title, b.ID)
	}
	if got, want := b.link("self"), "http://example.com/ja/activity.atom?kind=status"; got != want || a.link("self") != strings.Replace(want, "/ja", "", 1) {
		t.Errorf("self %s and %s; want %s", a.link("self"), got, want)
	}
	for i, e := range b.Entries {
		if e.Summary[0].Lang != "ja" || len(e.Paragraphs) != 2 || e.Paragraphs[0].Text != e.Summary[0].Text || e.Paragraphs[1].Lang != "en" || a.Entries[i].Summary[0].Text != e.Paragraphs[1].Text {
			t.Fatalf("%s: the Japanese note is not the summary, or the English one does not stand beside it: %+v", e.ID, e)
		}
	}
	r := s.do("GET", "/activity.atom", "Host", "elsewhere.example")
	if r.Header.Get("Vary") != "" && strings.Contains(r.Header.Get("Vary"), "Accept-Language") {
		t.Error("the feed varies by language")
	}
}

func TestFeedIsNotSentAgain(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	first := s.do("GET", "/topics/critical-infrastructure.atom")
	tag := first.Header.Get("ETag")
	if again := s.do("GET", "/topics/critical-infrastructure.atom", "If-None-Match", tag); tag == "" || again.StatusCode != http.StatusNotModified {
		t.Errorf("asked again with %q: %d; want 304", tag, again.StatusCode)
	}
	for _, address := range []string{"/topics/nope.atom", "/countries/XX.ics", "/initiatives/NOPE.atom", "/meetings/nope.ics"} {
		if r := s.do("GET", address); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d; want 404", address, r.StatusCode)
		}
	}
	for _, address := range []string{"/activity.atom?kind=nope", "/initiatives.atom?topic=nope", "/initiatives.atom?after=nope", "/meetings.ics?forum=nope"} {
		if r := s.do("GET", address); r.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d; want 400", address, r.StatusCode)
		}
	}
}

func TestPagesNameTheirFeedsAndCalendars(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for page, wants := range map[string][]string{
		"/en/activity?kind=status":             {`<link rel="alternate" type="application/atom+xml" href="/activity.atom?kind=status">`, `<a href="/activity.atom?kind=status">Atom feed</a>`},
		"/ja/initiatives":                      {`href="/ja/initiatives.atom"`},
		"/en/initiatives/QSCG-CYBER-CHALLENGE": {`href="/initiatives/QSCG-CYBER-CHALLENGE.atom"`},
		"/ja/topics/critical-infrastructure":   {`href="/ja/topics/critical-infrastructure.atom"`, `<a href="/ja/topics/critical-infrastructure.ics">カレンダー</a>`, `type="text/calendar"`},
	} {
		body := s.get(page)
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s: without %s", page, want)
			}
		}
	}
}

func TestGoldenFeed(t *testing.T) {
	t.Parallel()
	body := quadSite(t).get("/initiatives/QSCG-INTL-LAW.atom")
	golden(t, "testdata/feed.atom", regexp.MustCompile(`2026:[0-9a-f]{12}:`).ReplaceAllString(body, "2026:0123456789ab:"))
}

func TestActivityOfThePastTellsNoTimeOfRecording(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for _, address := range []string{"/activity.json?as_of=2023-12-31&limit=200", "/activity.atom?as_of=2023-12-31", "/en/activity?as_of=2023-12-31", "/meetings.ics?as_of=2023-12-31", "/activity.csv?as_of=2023-12-31"} {
		body := s.get(address)
		_, main, _ := strings.Cut(body, "<main")
		if !strings.Contains(address, "/en/") {
			main = body
		}
		if strings.Contains(strings.ReplaceAll(main, "2026:", ""), "2026-11-23") || main == "" {
			t.Errorf("%s names the day of recording", address)
		}
	}
	var list models.List[models.Event]
	if err := json.Unmarshal([]byte(s.get("/activity.json?as_of=2023-12-31&limit=200")), &list); err != nil || list.Total < 20 {
		t.Errorf("%d entries, %v", list.Total, err)
	}
}
