package handlers_test

import (
	"archive/zip"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// twins are two servers that differ in the engine alone, each with the same visitor. What one answers, the other must.
type twins struct {
	*testing.T
	clock *clock
	on    [2]*visitor
	asked int
}

// newTwins opens the Quad record on both engines, with the accounts of an analyst and a publisher.
func newTwins(t *testing.T) *twins {
	t.Helper()
	if len(storetest.Engines()) < 2 {
		t.Skip("skipped engine: " + storetest.PostgresVariable + " is not set")
	}
	w := &twins{T: t, clock: newClock()}
	secret, prefix := session.NewToken() // the same for both, because the audit has its beginning
	for i, engine := range []store.Engine{store.SQLite, store.Postgres} {
		o := storetest.QuadOptions(t, engine)
		o.Now = w.clock.Now
		s := storetest.Open(t, o)
		h, err := handlers.New(handlers.Options{Store: s, Log: slog.New(slog.DiscardHandler), Now: w.clock.Now, Version: "test", PlanWait: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		w.on[i] = site{t, h}.visitor("sato")
		person(t, s, "rao", models.Analyst)
		sato := person(t, s, "sato", models.Publisher)
		if _, err := s.AddToken(t.Context(), sato, models.NewToken{Name: "program", Scope: models.ScopeWrite}, prefix, session.HashOf(secret)); err != nil {
			t.Fatal(err)
		}
		w.on[i].token = secret
	}
	w.on[1].address = w.on[0].address
	return w
}

// drawn is what is drawn by lot for each answer, and stands in none of the data: keys of forms and plans, which are
// crypto/rand.Text, and the names of requests, which are twelve letters of it.
var drawn = regexp.MustCompile(`\b[A-Z2-7]{26}\b|\b[A-Z2-7]{12}\b`)

// compared are the headers that a client acts on.
var compared = []string{"Content-Type", "ETag", "Link", "Location", "Cache-Control", "Content-Disposition", "Retry-After", "Allow", "Vary", "Content-Language", "Last-Modified", "WWW-Authenticate"}

// both sends the same request to both and compares the answers, byte for byte save for what is drawn. It returns the
// status and the body of the first.
func (w *twins) both(what string, send func(v *visitor) *http.Response) (int, string) {
	w.Helper()
	w.asked++
	var status [2]int
	var bodies [2]string
	for i, v := range w.on {
		r := send(v)
		status[i] = r.StatusCode
		bodies[i] = fmt.Sprintf("%d\n", r.StatusCode)
		for _, name := range compared {
			bodies[i] += drawn.ReplaceAllString(fmt.Sprintf("%s: %q\n", name, r.Header.Values(name)), "drawn")
		}
		bodies[i] += "\n" + drawn.ReplaceAllString(unpacked(w, r), "drawn")
	}
	if bodies[0] != bodies[1] {
		at := 0
		for at < min(len(bodies[0]), len(bodies[1])) && bodies[0][at] == bodies[1][at] {
			at++
		}
		around := func(s string) string { return s[max(0, at-150):min(len(s), at+150)] }
		w.Errorf("%s differs at byte %d:\nSQLite     …%q…\nPostgreSQL …%q…", what, at, around(bodies[0]), around(bodies[1]))
	}
	if status[0] >= http.StatusInternalServerError {
		w.Errorf("%s: %d", what, status[0])
	}
	return status[0], bodies[0]
}

// unpacked is a body; of a workbook the parts by name, because they come in no order.
func unpacked(t testing.TB, r *http.Response) string {
	t.Helper()
	body := read(t, r)
	if r.Header.Get("Content-Type") != represent.XLSX.Media {
		return body
	}
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range z.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f.Name+"\n"+string(b))
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// get reads an address on both.
func (w *twins) get(address string, header ...string) (int, string) {
	w.Helper()
	return w.both("GET "+address, func(v *visitor) *http.Response { return v.do("GET", address, header...) })
}

// post sends JSON to both and wants the status.
func (w *twins) post(status int, path, body string, header ...string) {
	w.Helper()
	w.clock.pass(time.Second)
	got, answer := w.both("POST "+path+" "+body, func(v *visitor) *http.Response {
		return v.send("POST", "/api/v1"+path, body, append([]string{"Content-Type", "application/json"}, header...)...)
	})
	if got != status {
		w.Errorf("POST %s %s: %d; want %d\n%.900s", path, body, got, status, answer)
	}
}

// everything reads each public address in each format, at several times and in both languages.
func (w *twins) everything(times ...string) {
	w.Helper()
	for _, r := range publicRoutes() {
		for _, f := range r.Formats {
			for _, query := range times {
				if query != "" && !takes(r, query) {
					continue
				}
				address := sample(r) + "." + f.Name + "?" + query
				if f == represent.HTML {
					for _, l := range models.Langs {
						w.get("/" + string(l) + sample(r) + "?" + query)
					}
					continue
				}
				w.get(address)
			}
		}
	}
}

// TestBothEnginesAnswerAlike sends the same script of requests to a server on each engine: every public address in every
// format, filters drawn by lot, what makes no sense, and changes by programs and by forms, and reads everything again.
// Left out of the comparison are the keys of forms, which are drawn by lot, and X-Request-Id.
func TestBothEnginesAnswerAlike(t *testing.T) {
	w := newTwins(t)
	w.everything("", "as_of=2023-06-30")
	w.lists()
	w.nonsense()
	w.states(40)
	w.changes()
	w.forms()
	w.everything("", "known_at=2026-11-23T09:30:05Z")
	w.lists()
	t.Logf("%d answers compared", w.asked)
	if w.asked < 1000 {
		t.Errorf("only %d answers were compared", w.asked)
	}
}

// lists reads lists with orders, pages, words and filters of their own.
func (w *twins) lists() {
	w.Helper()
	for _, address := range []string{
		"/search.json?q=cyber", "/search.json?q=サイバー&limit=3", "/search.json?q=ＡＩ", "/search.json?q=the", "/search.csv?q=labels", "/en/search?q=能力構築", "/search.json?q=undersea+cables&kind=initiative",
		"/search.json?q=%25", "/search.json?q=_", "/search.json?q=%22cyber+labels%22", "/search.json?q=it%27s", "/search.json?q=%00", "/search.json?q=ﬁ", "/search.json?q=É",
		"/delegates.json?q=ICHIKAWA", "/delegates.json?q=ō", "/delegates.json?country=JP&meeting=qscg-2023-12", "/delegates.csv?q=%25", "/meetings.json?forum=qscg&limit=1", "/meetings.json?country=JP",
		"/activity.json?kind=update&limit=7", "/activity.json?country=JP", "/activity.json?topic=critical-infrastructure", "/activity.atom?initiative=QSCG-AI-ML", "/initiatives.json?q=%5C", "/initiatives.json?q=É",
		"/countries/JP.json?part=delivered", "/topics/iot-labels.csv", "/matrix.csv?by=countries&country=JP", "/matrix.json?limit=5", "/updates.csv?all=1", "/updates.csv?all=1&as_of=2023-06-30", "/forums/qsg.json", "/forums/quad.json", "/compare.json?a=qscg-2023-12&b=qscg-2023-12",
		"/en/initiatives?country=JP&country=US&text=both", "/initiatives.json?sort=attention&limit=200", "/initiatives.xlsx?status=stalled&status=delivered", "/evidence.json?limit=200", "/commitments.json?limit=200",
	} {
		w.pages(address)
	}
	for _, list := range []string{"initiatives", "activity", "evidence", "commitments", "delegates", "meetings", "search-notes", "statements", "updates"} {
		w.pages("/" + list + ".json?limit=9")
	}
}

var nextToken = regexp.MustCompile(`"next":"([^"]+)"`)

// pages reads a list to its end, five pages at most.
func (w *twins) pages(address string) {
	w.Helper()
	_, body := w.get(address)
	for range 5 {
		next := nextToken.FindStringSubmatch(body)
		if next == nil || !strings.Contains(address, ".json") {
			return
		}
		_, body = w.get(address + "&after=" + url.QueryEscape(next[1]))
	}
}

// nonsense asks for what is not there or makes no sense.
func (w *twins) nonsense() {
	w.Helper()
	for _, r := range publicRoutes() {
		if strings.Contains(r.Pattern, ":ref") {
			for _, ref := range []string{"nothing-of-the-kind", "%F0%9F%98%80", "a'b", "9223372036854775808", "%00", "-1"} {
				w.get("/en" + strings.Replace(strings.Replace(r.Pattern, ":ref", ref, 1), ":paragraph", "p1", 1))
			}
		}
	}
	for _, address := range []string{
		"/initiatives.json?status=nothing", "/initiatives.json?limit=0", "/initiatives.json?after=x", "/initiatives.json?as_of=2023-13", "/initiatives.json?unknown=1", "/initiatives.pdf", "/nothing", "/en/nothing", "/updates/0.json", "/updates/99999.json",
		"/initiatives.json?as_of=0001", "/initiatives.json?as_of=9999", "/initiatives.json?known_at=1970-01-01", "/initiatives.json?vs=2030", "/activity.json?after=99999999999999999999", "/search.json", "/search.json?q=" + strings.Repeat("a", 501), "/rounds.json", "/admin/audit.json",
	} {
		w.get(address)
	}
	w.get("/initiatives", "Accept", "application/pdf")
	_, body := w.get("/initiatives.json")
	etag := regexp.MustCompile(`ETag: \["(.+)"\]`).FindStringSubmatch(body)
	if etag == nil {
		w.Fatalf("no ETag in %.300s", body)
	}
	if got, _ := w.get("/initiatives.json", "If-None-Match", strings.ReplaceAll(etag[1], `\"`, `"`)); got != http.StatusNotModified {
		w.Errorf("unchanged: %d; want 304", got)
	}
}

// states reads filters drawn by lot.
func (w *twins) states(n int) {
	w.Helper()
	d := newDice(w.T, w.on[0].site)
	for i := range n {
		s := d.state()
		w.get(s.data([]string{"json", "csv"}[i%2], s.query))
		if i%6 == 0 {
			w.get(s.page(s.query))
		}
	}
}

// changes sends changes as a program does.
func (w *twins) changes() {
	w.Helper()
	const assess, ai = "/initiatives/QSCG-CYBER-CHALLENGE/updates", "/initiatives/QSCG-AI-ML/updates"
	judged := `{"status":"delivered","effective_on":"2026-11-02","reason":"evidence","note":{"en":"Out.","ja":"公表。"},"evidence":[{"ref":"wh-2023-12-15","grade":"E2","stance":"supports"},{"url":"https://example.org/a","title":"A \"page\", with 日本語","publisher":"Office","kind":"media","lang":"en","published_on":"2026-10","grade":"E3","stance":"supports"}]}`
	w.post(201, assess, judged, "If-Match", `"1"`, "Idempotency-Key", "one")
	w.post(201, assess, judged, "If-Match", `"1"`, "Idempotency-Key", "one")
	w.post(422, assess, strings.Replace(judged, "delivered", "dropped", 1), "If-Match", `"2"`, "Idempotency-Key", "one")
	w.post(428, assess, judged)
	w.post(412, assess, judged, "If-Match", `"1"`)
	w.post(422, ai, `{"status":"stalled","effective_on":"2027-01-01","reason":"event"}`, "If-Match", `"1"`)
	w.post(422, ai, `{"status":"no_public_action","effective_on":"2026-11-01","reason":"evidence"}`, "If-Match", `"1"`)
	w.post(201, ai, `{"status":"no_public_action","effective_on":"2026-11-01","reason":"evidence","search_note":{"searched_on":"2026-11-01","where":"All sites","queries":["ai ml","機械学習"],"result":{"en":"Nothing."}}}`, "If-Match", `"1"`)
	w.post(201, ai, `{"country":"JP","status":"under_way","effective_on":"2026-Q3","reason":"event","note":{"ja":"実施中"},"evidence":[{"ref":"wh-2023-12-15","grade":"E1","stance":"supports"}]}`, "If-Match", `"2"`)
	w.post(400, ai, `{"status":"under_way","effective_on":"2026-11-01","reason":"event","note":{"en":"a\u0000b"},"evidence":[{"ref":"wh-2023-12-15","grade":"E1","stance":"supports"}]}`, "If-Match", `"3"`)
	_, last := w.get("/updates.json?limit=1")
	_, feed := w.get("/activity.json?kind=update&limit=3")
	for _, id := range slices.Compact(slices.Sorted(slices.Values(regexp.MustCompile(`updates/(\d+)`).FindAllString(last+feed, -1)))) {
		w.get("/" + id + ".json")
	}
	made := regexp.MustCompile(`"id":(\d+)`).FindStringSubmatch(feed)
	if made != nil {
		w.post(201, "/updates/"+made[1]+"/undo", "")
		w.post(409, "/updates/"+made[1]+"/undo", "")
	}
	w.post(201, "/topics", `{"slug":"space","name":{"en":"Space","ja":"宇宙"},"parent":"critical-infrastructure"}`)
	w.post(422, "/topics", `{"slug":"space","name":{"en":"Space again"}}`)
	w.post(200, "/topics/space", `{"slug":"outer-space","note":{"en":"Beyond %_\\ '"}}`, "If-Match", `"1"`)
	w.post(422, "/topics/critical-infrastructure", `{"parent":"outer-space"}`, "If-Match", `"1"`)
	w.post(409, "/topics/critical-infrastructure/remove", `{"reason":{"en":"No."}}`, "If-Match", `"1"`)
	w.post(200, "/topics/outer-space/remove", `{"reason":{"en":"No."}}`, "If-Match", `"2"`)
	w.get("/topics/outer-space.json")
	w.get("/en/topics/space")
	w.post(200, "/topics/outer-space/restore", "{}")
	w.post(422, "/delegates", `{"slug":"zoë","name":{"en":"Zoë","ja":"ゾエ"},"country":"JP"}`)
	w.post(201, "/delegates", `{"slug":"zoe-ash","name":{"en":"Zoë Ash","ja":"ゾエ"},"country":"JP","variants":["ASH, Zoe"]}`)
	w.post(200, "/initiatives/QSCG-AI-ML", `{"title":{"en":"éclair Ähre 10","ja":"見直し"},"due_on":"2027"}`, "If-Match", `"3"`)
	w.post(200, "/evidence/wh-2023-12-15/retract", `{"reason":{"en":"Withdrawn."}}`)
	w.post(200, "/statements/qscg-2023-12/paragraphs/p4", `{"lang":"ja","text":"我々は、新しい文を加える。","reason":{"ja":"訂正"}}`, "If-Match", `"1"`)
	w.post(201, "/briefings", `{"for":"qscg","lang":"both","include":["summary","changes","topics","wording","statement","evidence"],"by_country":["JP","US"]}`)
	for _, f := range []string{"html", "md", "csv", "json"} {
		w.get("/briefings/1." + f)
	}
	w.post(201, "/rounds/qscg-2023-12/start", "{}")
	w.post(409, "/rounds/qscg-2023-12/start", "{}")
	w.post(200, "/rounds/qscg-2023-12/QSCG-INTL-LAW", `{"decision":"confirm"}`)
	w.post(412, "/rounds/qscg-2023-12/QSCG-INTL-LAW", `{"decision":"confirm"}`, "If-Match", `"0"`)
	w.post(422, "/rounds/qscg-2023-12/QSCG-CYBER-CHALLENGE", `{"decision":"save","status":"stalled"}`)
	w.post(200, "/rounds/qscg-2023-12/QSCG-CYBER-CHALLENGE", `{"decision":"save","status":"stalled","note":{"ja":"進展なし"},"evidence":[{"url":"https://example.org/b","title":"B","publisher":"Office","grade":"E1","stance":"supports"}]}`)
}

// forms brings a statement in and publishes a round, as a browser without scripts does.
func (w *twins) forms() {
	w.Helper()
	press := func(path string, fields ...string) string {
		w.Helper()
		w.clock.pass(time.Second)
		status, body := w.both("form "+path, func(v *visitor) *http.Response {
			form := formOn(w, v.want(http.StatusOK, v.page(path)), strings.SplitN(path, "?", 2)[0])
			return v.sends(strings.SplitN(path, "?", 2)[0], form, fields...)
		})
		if status != http.StatusSeeOther {
			w.Errorf("form %s %q: %d; want 303\n%.600s", path, fields, status, body)
		}
		return body
	}
	for _, v := range w.on {
		v.token = "" // a browser has a session
	}
	if status, _ := w.both("sign-in", func(v *visitor) *http.Response { return v.signIn(passphrase, "") }); status != http.StatusSeeOther {
		w.Fatalf("sign in: %d", status)
	}
	press("/en/rounds/qscg-2023-12/publish")
	w.clock.pass(time.Second)
	_, begun := w.both("import", func(v *visitor) *http.Response {
		return v.uploads("/en/import", append([]string{"form.key", "k", "texts.0.body", importedEN, "texts.1.body", importedJA}, importFacts...)...)
	})
	ref := regexp.MustCompile(`/import/(\d+)/`).FindStringSubmatch(begun)
	if ref == nil {
		w.Fatalf("import: %.600s", begun)
	}
	at := "/en/import/" + ref[1]
	press(at+"/align", "step", "confirm_all")
	press(at+"/mark", "step", "reject_rest")
	for _, page := range []string{at + "/source", at + "/align", at + "/mark", at + "/match", at + "/check", "/en/import", "/en/rounds", "/en/rounds/qscg-2023-12", "/en/rounds/qscg-2023-12/QSCG-AI-ML", "/en/initiatives/QSCG-AI-ML/update",
		"/en/initiatives/QSCG-AI-ML/edit", "/en/statements/qscg-2023-12/mark", "/en/removed", "/ja/topics/new", "/en/account", "/en/admin/audit", "/en/evidence/wh-2023-12-15/retract"} {
		w.both("page "+page, func(v *visitor) *http.Response { return v.page(page) })
	}
}
