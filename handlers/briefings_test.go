package handlers_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// froze freezes a briefing as an analyst and returns what the server says of it.
func froze(t testing.TB, w site, s *store.Store, body string) models.FrozenBriefing {
	t.Helper()
	r := httptest.NewRequest("POST", "/api/v1/briefings", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token(t, s, person(t, s, fmt.Sprintf("freezer-%d", len(body)), models.Analyst), models.ScopeWrite))
	answer := httptest.NewRecorder()
	w.h.ServeHTTP(answer, r)
	var b models.FrozenBriefing
	if err := json.Unmarshal(answer.Body.Bytes(), &b); err != nil || answer.Code != http.StatusCreated || answer.Header().Get("Location") != fmt.Sprintf("/api/v1/briefings/%d", b.ID) {
		t.Fatalf("%s: %d to %s, %v: %.300s", body, answer.Code, answer.Header().Get("Location"), err, answer.Body)
	}
	return b
}

// briefedSite is a server on SQLite with the Quad record and a frozen briefing.
func briefedSite(t testing.TB) site {
	t.Helper()
	s := storetest.Quad(t, store.SQLite)
	w := newSite(t, s)
	froze(t, w, s, `{"for":"qscg","lang":"both","title":"For the delegation","by_country":["JP"]}`)
	return w
}

// TestFrozenBriefingNeverChanges freezes one, changes the record in what it speaks of, and reads every form again.
func TestFrozenBriefingNeverChanges(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		storetest.Seed(t, s)
		w := newSite(t, s)
		b := froze(t, w, s, `{"for":"qscg","lang":"both","include":["summary","changes","topics","wording","statement","evidence"],"by_country":["JP","US"]}`)
		at := fmt.Sprintf("/briefings/%d", b.ID)
		kept := map[string]string{}
		for _, f := range []string{"html", "md", "csv", "json"} {
			kept[f] = w.get(at + "." + f)
			file, ok := b.File(f)
			sum := sha256.Sum256([]byte(kept[f]))
			if f == "json" { // the record around it says the hashes
				sum = sha256.Sum256(b.Content)
			}
			if !ok || hex.EncodeToString(sum[:]) != file.SHA256 {
				t.Errorf("%s.%s: the bytes have the hash %x; the record says %s", at, f, sum, file.SHA256)
			}
		}
		page := document(t, w.get("/ja"+at))
		preview := w.get("/briefings/new.html?lang=both")

		e, version, err := s.Editable(t.Context(), models.Program, "initiative", "QSCG-CYBER-CHALLENGE")
		if err != nil {
			t.Fatal(err)
		}
		e.(*models.InitiativeEdit).Title.EN = "Another title altogether"
		if err := s.Edit(t.Context(), models.Program, "initiative", "QSCG-CYBER-CHALLENGE", version, e, nil); err != nil {
			t.Fatal(err)
		}
		if err := s.Remove(t.Context(), models.Program, "initiative", "QSCG-AI-ML", 1, models.Text{EN: "For the test."}, nil); err != nil {
			t.Fatal(err)
		}
		for f, was := range kept {
			if now := w.get(at + "." + f); now != was {
				t.Errorf("%s.%s changed with the record", at, f)
			}
		}
		if now := document(t, w.get("/ja"+at)); now != page {
			t.Error("the document on the page changed with the record")
		}
		if now := w.get("/briefings/new.html?lang=both"); now == preview || !strings.Contains(now, "Another title altogether") {
			t.Error("the preview did not change with the record, so that the test shows nothing")
		}
		if !strings.Contains(kept["html"], "http://example.com"+at) {
			t.Error("the file does not name its own address")
		}
	})
}

// document cuts the briefing out of a page.
func document(t *testing.T, page string) string {
	t.Helper()
	found := regexp.MustCompile(`(?s)<article .*</article>`).FindString(page)
	if found == "" {
		t.Fatalf("no document on the page: %.300s", page)
	}
	return found
}

// TestBriefingFormsSayTheSame compares the initiatives of every form, and how each was reviewed.
func TestBriefingFormsSayTheSame(t *testing.T) {
	t.Parallel()
	w := quadSite(t)
	for _, q := range []string{"", "?country=JP", "?status=stalled", "?topic=supply-chain&delegate=keiichi-ichikawa", "?as_of=2023-12-06"} {
		var r models.Record[models.Briefing]
		if err := json.Unmarshal([]byte(w.get("/briefings/new.json"+q)), &r); err != nil {
			t.Fatal(err)
		}
		var want, sources []string
		for _, i := range r.Item.Initiatives {
			want = append(want, i.Ref)
			sources = append(sources, fmt.Sprint(len(i.AllSources())))
		}
		table := w.get("/briefings/new.csv" + q)
		if got := column(t, table, "ref"); !slices.Equal(got, want) || len(want) == 0 {
			t.Errorf("%s: CSV has %v, JSON %v", q, got, want)
		}
		for i, cited := range column(t, table, "sources") {
			if n := fmt.Sprint(len(strings.FieldsFunc(cited, func(r rune) bool { return r == ';' }))); n != sources[i] {
				t.Errorf("%s: %s has %s sources in CSV, %s in JSON", q, want[i], n, sources[i])
			}
		}
		var words []string
		for _, part := range strings.Split(q+"&include=topics", "&") {
			words = append(words, strings.TrimPrefix(part, "?"))
		}
		only := "?" + strings.Trim(strings.Join(words, "&"), "&")
		file, markdown := w.get("/briefings/new.html"+only), w.get("/briefings/new.md"+only)
		if got := rows(file); !slices.Equal(got, want) {
			t.Errorf("%s: the file has %v, JSON %v", only, got, want)
		}
		marks := regexp.MustCompile(`data-mark="([a-z]+)"`).FindAllStringSubmatch(file, -1)
		for i, item := range r.Item.Initiatives {
			if !strings.Contains(markdown, "`"+item.Ref+"`") {
				t.Errorf("%s: the Markdown lacks %s", only, item.Ref)
			}
			if marks[i][1] != string(item.Mark) {
				t.Errorf("%s: %s is %s in the file, %s in JSON", only, item.Ref, marks[i][1], item.Mark)
			}
		}
		if s := r.Item.Summary; s.Reviewed != s.Marks[models.Changed]+s.Marks[models.Confirmed] || s.Total != len(want) ||
			!strings.Contains(file, fmt.Sprintf("reviewed %d of %d", s.Reviewed, s.Total)) {
			t.Errorf("%s: %+v; want what is carried never counted as reviewed, and the count in the head", q, s)
		}
	}
}

// TestEveryNumberOfEvidenceIsInTheList follows [n] to its source.
func TestEveryNumberOfEvidenceIsInTheList(t *testing.T) {
	t.Parallel()
	w := quadSite(t)
	file := w.get("/briefings/new.html?by_country=JP&by_country=AU")
	cited := regexp.MustCompile(`href="#(source-\d+)"`).FindAllStringSubmatch(file, -1)
	if len(cited) < 50 {
		t.Errorf("%d citations; want those of the whole record", len(cited))
	}
	for _, m := range cited {
		if !strings.Contains(file, `id="`+m[1]+`"`) {
			t.Errorf("%s is cited and not in the list", m[1])
		}
	}
	head, list, _ := strings.Cut(file, `class="b-sources"`)
	if _, body, _ := strings.Cut(head, "<body>"); regexp.MustCompile(`>[^<]*https?://`).MatchString(body) || !regexp.MustCompile(`>https?://`).MatchString(list) {
		t.Error("addresses are printed in the list of evidence and nowhere else")
	}
	if without := w.get("/briefings/new.html?include=topics"); strings.Contains(without, `href="#source-`) {
		t.Error("without the list, numbers lead nowhere")
	}
}

// TestBriefingFileStandsAlone reads the single file as somebody who got it by e-mail.
func TestBriefingFileStandsAlone(t *testing.T) {
	t.Parallel()
	w := quadSite(t)
	r := w.do("GET", "/ja/briefings/new.html?for=qscg&as_of=2023-12-06")
	body := read(t, r)
	if got := r.Header.Get("Content-Disposition"); got != `attachment; filename="briefing-ja.html"` {
		t.Errorf("Content-Disposition %q", got)
	}
	if got := r.Header.Get("Content-Security-Policy"); !strings.Contains(got, "default-src 'none'") || !strings.Contains(got, "sandbox") || strings.Contains(got, "script-src") {
		t.Errorf("Content-Security-Policy %q", got)
	}
	if bad := regexp.MustCompile(`<script|<link|<img|src=|url\(|@import|<iframe`).FindString(body); bad != "" {
		t.Errorf("the file needs something beside it: %s", bad)
	}
	if !strings.Contains(body, `<html lang="ja"`) || !strings.Contains(body, `href="http://example.com/ja/initiatives/QSCG-AI-ML?as_of=2023-12-06"`) {
		t.Error("its links do not lead to the record as of its day, in its language")
	}
}

// TestFreezingIsForThosePermitted tries as everybody, twice, and with what makes no sense.
func TestFreezingIsForThosePermitted(t *testing.T) {
	t.Parallel()
	h, all := editors(t, "rao")
	person(t, h.store, "reader", models.Reader)
	analyst, reader, public := all[0], h.signedIn("reader"), h.visitor("public")
	public.want(http.StatusUnauthorized, public.post("/en/briefings", "for", "qscg"))
	reader.want(http.StatusForbidden, reader.post("/en/briefings", "for", "qscg"))
	if page := reader.want(http.StatusOK, reader.page("/en/briefings/new")); strings.Contains(page, `method="post" action="/en/briefings"`) {
		t.Error("a reader is offered what they may not do")
	}
	form := formOn(t, analyst.want(http.StatusOK, analyst.page("/en/briefings/new?title=A+title&by_country=JP&status=stalled&status=under_way&grey_safe=1&paper=letter")), "/en/briefings")
	for range 2 {
		made := analyst.sends("/en/briefings", form)
		if made.StatusCode != http.StatusSeeOther || made.Header.Get("Location") != "/en/briefings/1" {
			t.Fatalf("frozen: %d to %s: %.500s", made.StatusCode, made.Header.Get("Location"), read(t, made))
		}
	}
	b, err := h.store.FrozenBriefing(t.Context(), models.Public, "1")
	if err != nil {
		t.Fatal(err)
	}
	if o := b.Options; o.Title != "A title" || !slices.Equal(o.ByCountry, []string{"JP"}) || len(o.Status) != 2 || !o.GreySafe || o.Paper != "letter" || o.Lang != "en" || b.Author != "rao" {
		t.Errorf("frozen was %+v by %s", o, b.Author)
	}
	for _, c := range [][]string{{"for", ""}, {"for", "nowhere"}, {"for", "qscg", "lang", "fr"}, {"for", "qscg", "include", "everything"}, {"for", "qscg", "by_country", "XX"},
		{"for", "qscg", "paper", "a0"}, {"for", "qscg", "title", strings.Repeat("x", 301)}, {"for", "qscg", "as_of", "soon"}, {"for", "qscg", "status", "fine"}} {
		field := c[len(c)-2]
		if back := analyst.want(http.StatusUnprocessableEntity, analyst.post("/en/briefings", c...)); !strings.Contains(back, `href="#field-`+field+`"`) || !strings.Contains(back, "<title>Error: ") {
			t.Errorf("%v: the page does not say what is wrong", c)
		}
		if field == "for" && c[1] == "" {
			continue
		}
		q := url.Values{}
		for i := 0; i+1 < len(c); i += 2 {
			q.Set(c[i], c[i+1])
		}
		if r := public.send("GET", "/briefings/new.json?"+q.Encode(), ""); r.StatusCode != http.StatusBadRequest || !strings.Contains(read(t, r), `"field":"`+field+`"`) {
			t.Errorf("%v: as data %d; want 400 that names the field", c, r.StatusCode)
		}
		if page := public.want(http.StatusOK, public.page("/en/briefings/new?"+q.Encode())); !strings.Contains(page, "banner-error") || !strings.Contains(page, "<article ") {
			t.Errorf("%v: the page does not say what was left out", c)
		}
	}
	if list := public.want(http.StatusOK, public.page("/en/briefings")); len(rows(list)) != 1 {
		t.Errorf("%d briefings in the list; want one", len(rows(list)))
	}
	for _, ref := range []string{"2", "0", "01", "+1", "one"} {
		public.want(http.StatusNotFound, public.page("/en/briefings/"+ref))
	}
}

// TestLettersOfStrangersAreText puts what could be markup into the title, the file and the Markdown.
func TestLettersOfStrangersAreText(t *testing.T) {
	t.Parallel()
	w := quadSite(t)
	q := "?include=topics&title=" + url.QueryEscape(`</style><script>alert(1)</script> [x](y) *b* # h | "q`)
	for _, a := range []string{"/en/briefings/new", "/briefings/new.html"} {
		if body := w.get(a+q, "Accept", "text/html"); strings.Contains(body, "<script>alert") {
			t.Errorf("%s: markup in the title is taken for markup", a)
		}
	}
	if body := w.get("/briefings/new.md" + q); !strings.Contains(body, `\</style\>\<script\>alert(1)\</script\> \[x\](y) \*b\* \# h`) {
		t.Errorf("Markdown: %.200s", body)
	}
}

// TestOverviewAndBriefingCountAlike holds what moved on the overview against the briefing, in numbers and in words, and
// finds what searches suggest in both, among what needs attention.
func TestOverviewAndBriefingCountAlike(t *testing.T) {
	t.Parallel()
	w := quadSite(t)
	var o models.Record[models.Overview]
	var b models.Record[models.Briefing]
	if err := errors.Join(json.Unmarshal([]byte(w.get("/overview.json")), &o), json.Unmarshal([]byte(w.get("/briefings/new.json")), &b)); err != nil {
		t.Fatal(err)
	}
	c, n := b.Item.Changes, o.Item.Summary.Changes
	if len(c.Forward) != n[models.ChangeForward] || len(c.Back) != n[models.ChangeBack] || len(c.New) != n[models.ChangeNew] || len(c.Forward) == 0 || len(c.Closed) == 0 {
		t.Errorf("the briefing has %+v, the overview %v; want the same numbers", c, n)
	}
	if len(b.Item.Suggestions) == 0 || len(b.Item.Suggestions) != len(o.Item.Suggestions) {
		t.Errorf("%d suggestions in the briefing, %d on the overview", len(b.Item.Suggestions), len(o.Item.Suggestions))
	}
	overview, briefing := w.get("/en/"), w.get("/briefings/new.html")
	for where, page := range map[string]string{"overview": overview, "briefing": briefing} {
		for _, want := range []string{"slipped", "Searches suggest another status"} {
			if !strings.Contains(page, want) {
				t.Errorf("the %s does not say %q", where, want)
			}
		}
		if strings.Contains(page, "oved back") {
			t.Errorf("the %s has another word for slipped", where)
		}
	}
	_, attention, _ := strings.Cut(overview, `id="h-attention"`)
	if attention, _, _ = strings.Cut(attention, "</section>"); !strings.Contains(attention, "Searches suggest") || !strings.Contains(attention, "1 imported") {
		t.Error("what searches suggest and what was imported do not stand under what needs attention")
	}
}

// TestAFrozenBriefingIsCited reads its citation, which is of the day it was frozen on and of its bytes, and finds files,
// citation and proof above the document.
func TestAFrozenBriefingIsCited(t *testing.T) {
	t.Parallel()
	w := briefedSite(t)
	file := w.get("/briefings/1.html")
	hash := fmt.Sprintf("%x", sha256.Sum256([]byte(file)))
	c := citations(t, w.get("/ja/briefings/1.csl.json"))[0]
	if c.Title != "For the delegation" || c.URL != "http://example.com/briefings/1" || c.Issued == nil || fmt.Sprint(c.Issued.DateParts) != "[[2026 11 23]]" || !strings.Contains(c.Note, hash) {
		t.Errorf("%+v; want title, permanent address, day of freezing and %s", c, hash)
	}
	page := w.get("/en/briefings/1")
	above, _, _ := strings.Cut(page, "<article ")
	for _, want := range []string{`href="/briefings/1.md"`, `href="/briefings/1.bib"`, "Cite", "<print-page>", `href="#h-seal"`, `<span class="forum">Quad Senior Cyber Group</span>`} {
		if !strings.Contains(above, want) {
			t.Errorf("above the document there is no %s", want)
		}
	}
	if !strings.Contains(page, "byte for byte") {
		t.Error("the proof does not say what it proves")
	}
}
