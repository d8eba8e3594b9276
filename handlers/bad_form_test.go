package handlers_test

import (
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

const badFormType = "application/x-www-form-urlencoded"

// formCase is a form that must come back with everything typed.
type formCase struct {
	name   string
	typed  url.Values // over what a good form holds; an empty value leaves a field empty
	status int
	field  string // that the summary of errors must lead to; empty where no field is at fault
	to     string // address behind the language; that of the form when empty
	lost   string // field whose value no page can show again
}

// formScene is the scene of bad input with a form that was opened in a browser.
type formScene struct {
	*badScene
	cookie string
	page   string // the form as it came
	row    string // the first row for new evidence, such as evidence.7.
	hidden url.Values
}

var (
	formRow     = regexp.MustCompile(`name="(evidence\.\d+\.)url"`)
	formHidden  = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)
	formTitle   = regexp.MustCompile(`<title>([^<]*)</title>`)
	formSummary = regexp.MustCompile(`(?s)id="error-summary".*?</div>`)
	formLink    = regexp.MustCompile(`href="#([^"]+)"`)
)

func newFormScene(t *testing.T, s *store.Store) *formScene {
	t.Helper()
	b := newBadScene(t, s)
	f := &formScene{badScene: b, cookie: b.desk.cookie(b.analyst), hidden: url.Values{}}
	f.page = f.get("/en/initiatives/"+badTarget+"/update", "Cookie", f.cookie)
	f.row = formRow.FindStringSubmatch(f.page)[1]
	for _, m := range formHidden.FindAllStringSubmatch(f.page, -1) {
		f.hidden.Set(m[1], html.UnescapeString(m[2]))
	}
	return f
}

// filled is a good form, as a browser sends it.
func (f *formScene) filled() url.Values {
	q := maps.Clone(f.hidden)
	for name, value := range map[string]string{
		"status": "under_way", "effective_on": "2026-11-01", "reason": "evidence", "note.en": "Talks began in Canberra.\r\nSecond line & <b>more</b>", "note.ja": "協議が始まった。",
		f.row + "url": "https://example.org/f", f.row + "title": "A “source”", f.row + "publisher": "Ministry", f.row + "published_on": "2026-10", f.row + "kind": "media", f.row + "grade": "E2", f.row + "stance": "supports",
		"search_note.searched_on": "2026-11-02", "search_note.where": "the gazette", "search_note.queries": "cyber\r\nサイバー", "search_note.result.en": "Nothing yet.", "search_note.result.ja": "まだない。",
	} {
		q.Set(name, value)
	}
	return q
}

func TestBadFormComesBackWithEverythingTyped(t *testing.T) {
	t.Parallel()
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		f := newFormScene(t, s)
		cases := slices.Concat(f.badFields(), f.badRows(), f.badWholes())
		before := f.kept()
		for i, c := range cases {
			lang := models.Langs[i%2]
			t.Run(c.name+" in "+string(lang), func(t *testing.T) {
				f.comesBack(t, lang, c)
				if after := f.kept(); after != before {
					t.Errorf("the record held %+v and holds %+v; nothing may be written", before, after)
				}
			})
		}
		f.retractionsComeBack(t)
		if r := f.post(models.English, "/initiatives/"+badTarget+"/updates", f.filled()); r.StatusCode != http.StatusSeeOther {
			t.Errorf("the good form: %d, want 303: what was spoiled must be the reason", r.StatusCode)
		}
		t.Logf("%d cases of bad forms on %s", len(cases)+4, t.Name())
	})
}

func (f *formScene) post(lang models.Lang, to string, typed url.Values) *http.Response {
	f.t.Helper()
	return f.send("/"+string(lang)+to, typed.Encode(), "Content-Type", badFormType, "Cookie", f.cookie)
}

// comesBack sends a form and checks that the page says so first, leads to the fault and holds what was typed.
func (f *formScene) comesBack(t *testing.T, lang models.Lang, c formCase) {
	t.Helper()
	typed := f.filled()
	for name, values := range c.typed {
		typed[name] = values
		if values[0] == "" {
			typed.Del(name)
		}
	}
	to := c.to
	if to == "" {
		to = "/initiatives/" + badTarget + "/updates"
	}
	r := f.post(lang, to, typed)
	page := read(t, r)
	f.saysSo(t, lang, r, page, c)
	for name, values := range typed {
		if strings.HasPrefix(name, "form.") || name == c.lost {
			continue
		}
		for _, v := range values {
			if want := strings.ReplaceAll(v, "\r\n", "\n"); !strings.Contains(strings.ReplaceAll(html.UnescapeString(page), "\r\n", "\n"), want) {
				t.Errorf("%s: what was typed is not in the page: %.80q", name, want)
			}
		}
	}
}

// saysSo checks the head of a page that came back.
func (f *formScene) saysSo(t *testing.T, lang models.Lang, r *http.Response, page string, c formCase) {
	t.Helper()
	if r.StatusCode != c.status || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		t.Fatalf("%d %s, want %d as a page; %.300s", r.StatusCode, r.Header.Get("Content-Type"), c.status, page)
	}
	begin := map[models.Lang]string{models.English: "Error:", models.Japanese: "エラー："}[lang]
	if m := formTitle.FindStringSubmatch(page); m == nil || !strings.HasPrefix(html.UnescapeString(m[1]), begin) {
		t.Errorf("the title is %q, want it to begin with %s", m, begin)
	}
	summary := formSummary.FindString(page)
	if c.field != "" && !strings.Contains(summary, `href="#field-`+c.field+`"`) {
		t.Errorf("the summary does not lead to %s: %.600s", c.field, summary)
	}
	for _, m := range formLink.FindAllStringSubmatch(summary, -1) {
		if m[1] != "field-"+c.lost && !strings.Contains(page, `id="`+m[1]+`"`) {
			t.Errorf("the summary leads to #%s, which is not on the page", m[1])
		}
	}
	if summary == "" || strings.Contains(page, "&lt;no value&gt;") {
		t.Errorf("no summary of what is wrong, or a message with a hole")
	}
}

// badFields are forms with one field at fault.
func (f *formScene) badFields() []formCase {
	long := strings.Repeat("字", models.MaxNote+1)
	one := func(name, value string) url.Values { return url.Values{name: {value}} }
	return []formCase{
		{name: "no status", typed: one("status", ""), status: 422, field: "status"},
		{name: "unknown status", typed: one("status", "done"), status: 422, field: "status"},
		{name: "no date", typed: one("effective_on", ""), status: 422, field: "effective_on"},
		{name: "impossible date", typed: one("effective_on", "2026-02-30"), status: 422, field: "effective_on"},
		{name: "a date in words", typed: one("effective_on", "last Tuesday"), status: 422, field: "effective_on"},
		{name: "future date", typed: one("effective_on", "2026-11-24"), status: 422, field: "effective_on"},
		{name: "too early", typed: one("effective_on", "1066-10-14"), status: 422, field: "effective_on"},
		{name: "unknown reason", typed: one("reason", "because"), status: 422, field: "reason"},
		{name: "country without a part", typed: one("country", "FR"), status: 422, field: "country"},
		{name: "unknown meeting", typed: one("meeting", "no-such"), status: 422, field: "meeting"},
		{name: "long note", typed: one("note.en", long), status: 422, field: "note.en"},
		{name: "long Japanese note", typed: one("note.ja", long), status: 422, field: "note.ja"},
		{name: "NUL in the note", typed: one("note.en", "a\x00b"), status: 400, field: "note.en", lost: "note.en"},
		{name: "escape in the note", typed: one("note.ja", "a\x1b[31mb"), status: 400, field: "note.ja"},
		{name: "stray bytes", typed: one("note.en", "a\xffb"), status: 400, field: "note.en", lost: "note.en"},
		{name: "stalled without a reason", typed: url.Values{"status": {"stalled"}, "note.en": {" "}, "note.ja": {"　"}}, status: 422, field: "note.en"},
		{name: "two statuses", typed: url.Values{"status": {"under_way", "announced"}}, status: 400, field: "status"},
		{name: "replaces a word", typed: one("replaces", "that one"), status: 400, field: "replaces"},
		{name: "replaces what was corrected", typed: one("replaces", fmt.Sprint(f.corrected)), status: 422, field: "replaces"},
		{name: "no result of a search", typed: url.Values{"search_note.result.en": {""}, "search_note.result.ja": {" "}}, status: 422, field: "search_note.result.en"},
		{name: "search in the future", typed: one("search_note.searched_on", "2027"), status: 422, field: "search_note.searched_on"},
		{name: "search note beside a new one", typed: one("search_note.ref", "note-cyber-challenge-2026-11-23"), status: 422, field: "search_note.ref"},
	}
}

// badRows are forms with a row of evidence at fault, or with too little evidence.
func (f *formScene) badRows() []formCase {
	one := func(name, value string) url.Values { return url.Values{f.row + name: {value}} }
	none := url.Values{}
	for _, name := range []string{"url", "title", "publisher", "published_on"} {
		none.Set(f.row+name, "")
	}
	return []formCase{
		{name: "script as an address", typed: one("url", "javascript:alert(1)"), status: 422, field: f.row + "url"},
		{name: "no address", typed: one("url", ""), status: 422, field: f.row + "url"},
		{name: "no title", typed: one("title", ""), status: 422, field: f.row + "title"},
		{name: "blank publisher", typed: one("publisher", "　"), status: 422, field: f.row + "publisher"},
		{name: "long title", typed: one("title", strings.Repeat("a", models.MaxTitle+1)), status: 422, field: f.row + "title"},
		{name: "source of the future", typed: one("published_on", "2027"), status: 422, field: f.row + "published_on"},
		{name: "source of no date", typed: one("published_on", "yesterday"), status: 422, field: f.row + "published_on"},
		{name: "unknown grade", typed: one("grade", "E9"), status: 422, field: f.row + "grade"},
		{name: "evidence that contradicts", typed: one("stance", "contradicts"), status: 422, field: "evidence"},
		{name: "delivered on nothing", typed: merged(none, url.Values{"status": {"delivered"}}), status: 422, field: "evidence"},
		{name: "no action found without a search", typed: url.Values{"status": {"no_public_action"}, "search_note.searched_on": {""}, "search_note.where": {""},
			"search_note.queries": {""}, "search_note.result.en": {""}, "search_note.result.ja": {""}}, status: 422, field: "search_note"},
	}
}

// badWholes are forms that are not at fault in a field.
func (f *formScene) badWholes() []formCase {
	return []formCase{
		{name: "unknown field", typed: url.Values{"mood": {"good"}}, status: 400, field: "mood", lost: "mood"},
		{name: "no version", typed: url.Values{"form.version": {""}}, status: http.StatusPreconditionRequired},
		{name: "a word as version", typed: url.Values{"form.version": {"latest"}}, status: http.StatusPreconditionRequired},
		{name: "stale version", typed: url.Values{"form.version": {"1"}, "form.before": {fmt.Sprint(f.corrected)}}, status: 412},
		{name: "key of another change", typed: url.Values{"form.key": {"used"}}, status: 422},
		{name: "nothing chosen after a conflict", typed: url.Values{"form.choose": {"status", "note.en"}, "form.mine.status": {"announced"}, "form.mine.note.en": {"My own words."}, "status": {""}, "note.en": {""}}, status: 422, field: "status"},
	}
}

func merged(all ...url.Values) url.Values {
	out := url.Values{}
	for _, q := range all {
		maps.Copy(out, q)
	}
	return out
}

// retractionsComeBack checks the form that strikes evidence out in the same way.
func (f *formScene) retractionsComeBack(t *testing.T) {
	t.Helper()
	before := f.kept()
	for name, c := range map[string]struct {
		ref, en, ja string
		status      int
		field       string
	}{
		"blank reason": {"wh-2023-12-15", "  ", "", 422, "reason.en"}, "long reason": {"wh-2023-12-15", "", strings.Repeat("字", models.MaxNote+1), 422, "reason.ja"},
		"escape in the reason": {"wh-2023-12-15", "a\x1bb", "誤り", 400, "reason.en"}, "struck out before": {badStruck, "A copy of a copy.", "写し", 409, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := f.post(models.Japanese, "/evidence/"+c.ref+"/retract", url.Values{"reason.en": {c.en}, "reason.ja": {c.ja}, "form.key": {session.NewSecret()}, "form.page": {"/evidence/" + c.ref}})
			page := read(t, r)
			f.saysSo(t, models.Japanese, r, page, formCase{status: c.status, field: c.field})
			if text := html.UnescapeString(page); !strings.Contains(text, c.en) || !strings.Contains(text, c.ja) {
				t.Errorf("what was typed is not in the page")
			}
			if after := f.kept(); after != before {
				t.Errorf("the record held %+v and holds %+v; nothing may be written", before, after)
			}
		})
	}
}

// badNexts are targets after signing in that would lead elsewhere, or nowhere.
var badNexts = []string{
	"//evil.example", "///evil.example", "////evil.example", `/\evil.example`, `\\evil.example`, `\/evil.example`, `/\/evil.example`, "/%5cevil.example", "/%5Cevil.example", "/initiatives/%5c%5cevil.example", "/%2fevil.example", "/%2F%2Fevil.example",
	"/initiatives/%2f%2fevil.example", "/\tevil.example", "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "/\r\n/evil.example", "/initiatives\r\nLocation: https://evil.example", "/initiatives?a=b\r\nSet-Cookie: x=y", "\x00//evil.example", "/\x7f/evil.example",
	" //evil.example", "\u00a0//evil.example", "\u3000//evil.example", "／／evil.example", "https://evil.example", "HTTPS://evil.example/", "http:evil.example", "http:/evil.example", "https:///evil.example", "http://127.0.0.1@evil.example/", "evil.example", "evil.example/initiatives",
	"javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "mailto:a@evil.example", "/en//evil.example", "/ja//evil.example", "/en/%2fevil.example", `/en/\evil.example`, "/..//evil.example", "/../../evil.example", "/./evil.example", "/;//evil.example",
	"/?//evil.example", "/#//evil.example", "/initiatives//evil.example", "/initiatives/../..//evil.example", "/initiatives/%2e%2e/%2e%2e//evil.example", "//evil.example/initiatives", "//evil.example:80\\@127.0.0.1/", "/sign-in?next=//evil.example", "/r//evil.example", "?next=//evil.example", "#//evil.example", "//", "/\\", "", "/%", "/%zz", "\xff//evil.example",
}

func TestNextLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		d := newDesk(t, s)
		who := d.member(models.Reader)
		cookie := d.cookie(d.member(models.Reader)) // of somebody else, because a person's oldest session makes room for the eleventh
		for i, next := range badNexts {
			t.Run(fmt.Sprintf("%q", next), func(t *testing.T) {
				typed := url.Values{"email": {who.Email}, "passphrase": {deskPassphrase}, "next": {next}}
				from := fmt.Sprintf("192.0.2.%d", i+1) // so that the limit on tries of one address is not reached
				r := d.send("/en/sign-in", typed.Encode(), "Content-Type", badFormType, "From", from)
				if r.StatusCode == http.StatusBadRequest && (strings.ContainsAny(next, "\x00\x7f") || !utf8.ValidString(next)) {
					return // no text of a form holds such a character, and nobody is signed in
				}
				staysHere(t, r, "after signing in")
				staysHere(t, d.do("GET", "/en/sign-in?next="+url.QueryEscape(next), "Cookie", cookie), "when signed in already")
			})
		}
		for next, want := range map[string]string{"/initiatives?status=stalled": "/en/initiatives?status=stalled", "/initiatives/QSCG-AI-ML/update": "/en/initiatives/QSCG-AI-ML/update", "/": "/en/"} {
			if got := d.do("GET", "/en/sign-in?next="+url.QueryEscape(next), "Cookie", cookie).Header.Get("Location"); got != want {
				t.Errorf("next %s leads to %s, want %s", next, got, want)
			}
		}
		t.Logf("%d targets on %s", len(badNexts), t.Name())
	})
}

// staysHere checks that an answer leads to a page of this server.
func staysHere(t *testing.T, r *http.Response, when string) {
	t.Helper()
	to := r.Header.Get("Location")
	u, err := url.Parse(to)
	if r.StatusCode != http.StatusSeeOther || err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(to, "/en/") || strings.Contains(u.Path, "//") || strings.ContainsAny(to, "\\\r\n\t") || strings.Contains(strings.ToLower(u.EscapedPath()), "%5c") {
		t.Errorf("%s: %d to %q, want 303 to a page below /en/", when, r.StatusCode, to)
	}
}
