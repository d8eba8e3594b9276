package handlers_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

// The text of a statement that nobody has, in two languages.
const (
	importedEN = "Canary Statement of Canberra\n\nWe met in Canberra on 11 June 2024 to speak of canaryword.\n\nWe will publish a register of 20 labels. We commit to share it by 2026."
	importedJA = "キャンベラ・カナリア声明\n\n我々は2024年6月11日、キャンベラで会し、カナリア語について議論した。\n\n我々は20のラベルの登録簿を公開する。我々は2026年までにそれを共有することにコミットする。"
)

// importFacts are the fields of a meeting that is made with the statement.
var importFacts = []string{"forum", "qscg", "meeting", "+", "new_meeting.ref", "qscg-2024-06", "new_meeting.starts_on", "2024-06-11", "new_meeting.city.en", "Canberra", "new_meeting.country", "AU"}

// parts writes a form with files: pairs of a field and a value; a field that ends in .file has name and content, separated by a line feed.
func parts(t testing.TB, pairs ...string) (body, media string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		name, value := pairs[i], pairs[i+1]
		if !strings.HasSuffix(name, ".file") {
			if err := w.WriteField(name, value); err != nil {
				t.Fatal(err)
			}
			continue
		}
		file, content, _ := strings.Cut(value, "\n")
		p, err := w.CreateFormFile(name, file)
		if err == nil {
			_, err = p.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), w.FormDataContentType()
}

// uploads posts a form with files.
func (v *visitor) uploads(path string, pairs ...string) *http.Response {
	v.t.Helper()
	body, media := parts(v.t, pairs...)
	return v.send("POST", path, body, "Content-Type", media, "Accept", "text/html")
}

// sendsParts posts the form that was read as a form with files, with some fields changed.
func (v *visitor) sendsParts(action string, form url.Values, changed ...string) *http.Response {
	v.t.Helper()
	for i := 0; i+1 < len(changed); i += 2 {
		form.Set(changed[i], changed[i+1])
	}
	var pairs []string
	for name, values := range form {
		for _, value := range values {
			pairs = append(pairs, name, value)
		}
	}
	return v.uploads(action, pairs...)
}

// importOf reads a draft.
func (v *visitor) importOf(ref string) models.Draft {
	v.t.Helper()
	var d models.Draft
	body := v.want(http.StatusOK, v.send("GET", "/api/v1/import/"+ref+"/source", ""))
	if err := json.Unmarshal([]byte(body), &d); err != nil {
		v.t.Fatal(err)
	}
	return d
}

// broughtIn begins a draft by the form and returns its number.
func (v *visitor) broughtIn() string {
	v.t.Helper()
	r := v.uploads("/en/import", append([]string{"form.key", "k", "texts.0.body", importedEN, "texts.1.body", importedJA}, importFacts...)...)
	if r.StatusCode != http.StatusSeeOther {
		v.t.Fatalf("begin: %d %.900s", r.StatusCode, read(v.t, r))
	}
	_, rest, _ := strings.Cut(r.Header.Get("Location"), "/import/")
	ref, _, _ := strings.Cut(rest, "/")
	return ref
}

// TestStatementIsBroughtInByFormsAlone goes the five steps as a browser without scripts does.
func TestStatementIsBroughtInByFormsAlone(t *testing.T) {
	t.Parallel()
	h, all := editors(t, "rao")
	v := all[0]
	ref := v.broughtIn()
	at := "/en/import/" + ref
	press := func(step, value string) {
		t.Helper()
		form := formOn(t, v.want(http.StatusOK, v.page(at+"/"+step)), at+"/"+step)
		if r := v.sends(at+"/"+step, form, "step", value); r.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s: %d %.900s", value, r.StatusCode, read(t, r))
		}
	}
	page := v.want(http.StatusOK, v.page(at+"/source"))
	sum := sha256.Sum256([]byte(importedJA))
	for _, want := range []string{hex.EncodeToString(sum[:]), "Canary Statement of Canberra", "11 June 2024"} {
		if !strings.Contains(page, want) && want != "11 June 2024" {
			t.Errorf("the page of what was read does not say %s", want)
		}
	}
	d := v.importOf(ref)
	if d.Facts.Title.EN != "Canary Statement of Canberra" || d.Facts.Title.JA == "" {
		t.Errorf("the title is %+v", d.Facts.Title)
	}
	last := len(d.Work.Rows) - 1
	press("align", fmt.Sprintf("split %d en %d", last, strings.Index("We will publish a register of 20 labels. We commit", "We commit")))
	if form := formOn(t, v.want(http.StatusOK, v.page(at+"/align")), at+"/undo"); v.sends(at+"/undo", form).StatusCode != http.StatusSeeOther {
		t.Error("the step cannot be undone")
	}
	if got := len(v.importOf(ref).Work.Rows); got != last+1 {
		t.Errorf("%d rows after undoing; want %d", got, last+1)
	}
	press("align", "confirm_all")
	mark := func(words ...string) *http.Response {
		page := v.want(http.StatusOK, v.page(at+fmt.Sprintf("/mark?row=%d", last+1)))
		_, add, _ := strings.Cut(page, `<section id="add"`)
		form := formOn(t, "<section "+add, at+"/mark")
		return v.sends(at+"/mark", form, words...)
	}
	wrong := v.want(http.StatusUnprocessableEntity, mark("words.0.exact", "We will <b>never</b> publish", "strength", "will"))
	if !strings.Contains(wrong, "<title>Error: ") || !strings.Contains(wrong, "We will &lt;b&gt;never&lt;/b&gt; publish") || !strings.Contains(wrong, `href="#field-words.0.exact"`) {
		t.Error("words that do not stand in the paragraph: want the form again with what was typed")
	}
	before := len(v.importOf(ref).Accepted())
	if r := mark("words.0.exact", "We will publish a register of 20 labels", "words.1.exact", "我々は20のラベルの登録簿を公開する", "strength", "will"); r.StatusCode != http.StatusSeeOther {
		t.Fatalf("mark: %d %.900s", r.StatusCode, read(t, r))
	}
	d = v.importOf(ref)
	if len(d.Accepted()) != before+1 {
		t.Fatalf("%d marks are accepted; want one more than %d", len(d.Accepted()), before)
	}
	if d.Undecided() > 0 {
		press("mark", "reject_rest")
	}
	check := v.want(http.StatusOK, v.page(at+"/check"))
	if strings.Contains(check, `action="`+at+`/publish"`) || !strings.Contains(check, at+"/match?mark=") {
		t.Error("what lacks a decision can be published, or no link leads to it")
	}
	for range d.Accepted() {
		form := formOn(t, v.want(http.StatusOK, v.page(at+"/match")), at+"/match")
		form.Del("follows")
		r := v.sends(at+"/match", form, "choice", "new", "initiative.ref", "not a ref", "initiative.topic", "nowhere")
		wrong := read(t, r)
		if r.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("a match without a word on what it follows: %d", r.StatusCode)
		}
		for _, field := range []string{"earlier", "initiative.ref", "initiative.title.en", "initiative.topic"} {
			if !strings.Contains(wrong, `href="#field-`+field+`"`) {
				t.Errorf("a match with everything wrong does not name %s", field)
			}
		}
		if r := v.sends(at+"/match", form, "choice", "new", "initiative.ref", "QSCG-REGISTER", "initiative.title.en", "Register", "initiative.topic", "iot-labels", "initiative.due_on", "2025-Q4", "follows", "new"); r.StatusCode != http.StatusSeeOther {
			t.Fatalf("match: %d %.1500s", r.StatusCode, read(t, r))
		}
	}
	form := formOn(t, v.want(http.StatusOK, v.page(at+"/check")), at+"/publish")
	r := v.sends(at+"/publish", form)
	if r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/en/statements/qscg-2024-06" {
		t.Fatalf("publish: %d to %s: %.900s", r.StatusCode, r.Header.Get("Location"), read(t, r))
	}
	if again := v.sends(at+"/publish", form); again.StatusCode != http.StatusSeeOther || again.Header.Get("Location") != "/en/statements/qscg-2024-06" {
		t.Errorf("the same form sent twice: %d to %s", again.StatusCode, again.Header.Get("Location"))
	}
	landed := v.want(http.StatusOK, v.page("/en/statements/qscg-2024-06"))
	for _, next := range []string{`href="/en/meetings/qscg-2024-06">Add who attended`, `href="/en/rounds/qscg-2024-06">Start the round`} {
		if !strings.Contains(landed, next) {
			t.Errorf("after publication nothing leads on by %s", next)
		}
	}
	text := h.get("/statements/qscg-2024-06.json")
	if !strings.Contains(text, "We will publish a register of 20 labels") || !strings.Contains(text, "QSCG-REGISTER") {
		t.Errorf("the statement is %.600s", text)
	}
	if made := h.get("/initiatives/QSCG-REGISTER.json"); !strings.Contains(made, `"due_on":"2025-Q4"`) {
		t.Errorf("the due date of the new initiative is lost: %.600s", made)
	}
	if r := v.page(at + "/mark"); r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/en/statements/qscg-2024-06" {
		t.Errorf("the page of a published draft: %d to %s", r.StatusCode, r.Header.Get("Location"))
	}
}

// TestTextsAreKeptByteForByte sends a text with every kind of line end and odd spaces in each way there is.
func TestTextsAreKeptByteForByte(t *testing.T) {
	t.Parallel()
	h, all := editors(t, "rao")
	v, p := all[0], h.visitor("program")
	p.token = token(t, h.store, person(t, h.store, "program", models.Analyst), models.ScopeWrite)
	odd := "  Statement of odd bytes\r\n\r\nWe will keep\u3000every\u00a0byte \u200bof it.\t\r\n\r\nWe met\nin e\u0301te\u0301, caf\u00e9, ｻｲﾊﾞｰ.\r\n\r\n"
	begin := func(body string) string {
		r := p.send("POST", "/api/v1/import", body, "Content-Type", "application/json")
		var d models.Draft
		if err := json.Unmarshal([]byte(p.want(http.StatusCreated, r)), &d); err != nil {
			t.Fatal(err)
		}
		return d.Ref
	}
	for way, ref := range map[string]string{
		"words": begin(`{"forum":"qscg","texts":[{"lang":"en","body":` + quoted(odd) + `}]}`),
		"file":  begin(`{"forum":"qscg","texts":[{"lang":"en","name":"a.txt","data":"` + base64.StdEncoding.EncodeToString([]byte(odd)) + `"}]}`),
	} {
		sum := sha256.Sum256([]byte(odd))
		if s := p.importOf(ref).Sources; len(s) != 1 || s[0].Body != odd || s[0].SHA256 != hex.EncodeToString(sum[:]) {
			t.Errorf("sent as %s, the text is %q", way, s)
		}
	}
	uploaded := func(want string, pairs ...string) {
		t.Helper()
		r := v.uploads("/en/import", append([]string{"forum", "qscg", "texts.0.lang", "en"}, pairs...)...)
		_, rest, _ := strings.Cut(r.Header.Get("Location"), "/import/")
		ref, _, _ := strings.Cut(rest, "/")
		if ref == "" {
			t.Fatalf("%d %.600s", r.StatusCode, read(t, r))
		}
		sum := sha256.Sum256([]byte(want))
		if s := v.importOf(ref).Sources; s[0].Body != want || s[0].SHA256 != hex.EncodeToString(sum[:]) {
			t.Errorf("uploaded, the text is %q; want %q", s[0].Body, want)
		}
	}
	uploaded(odd, "texts.0.file", "odd.txt\n"+odd, "texts.1.file", "")
	uploaded(strings.ReplaceAll(odd, "\r\n", "\n"), "texts.0.body", odd)
}

// TestDraftShowsNowhere looks for a word of a draft at every address as everybody else.
func TestDraftShowsNowhere(t *testing.T) {
	t.Parallel()
	h, all := editors(t, "rao", "sen")
	author, other := all[0], all[1]
	person(t, h.store, "reader", models.Reader)
	reader := h.signedIn("reader")
	ref := author.broughtIn()
	at := "/en/import/" + ref
	if page := author.want(http.StatusOK, author.page(at+"/align")); !strings.Contains(page, "canaryword") {
		t.Fatal("its author does not see it")
	}
	for _, step := range models.DraftSteps {
		if r := other.page(at + "/" + step); r.StatusCode != http.StatusNotFound || strings.Contains(read(t, r), "canaryword") {
			t.Errorf("another analyst asks for %s: %d; want 404", step, r.StatusCode)
		}
		if r := reader.page(at + "/" + step); r.StatusCode != http.StatusForbidden {
			t.Errorf("a reader asks for %s: %d; want 403", step, r.StatusCode)
		}
	}
	for _, route := range []string{"source", "align", "mark", "match", "undo", "discard", "publish"} {
		if r := other.post(at+"/"+route, "form.version", "1", "undecided", "0", "do", "confirm_all", "choice", "none"); r.StatusCode != http.StatusNotFound {
			t.Errorf("another analyst posts to %s: %d; want 404", route, r.StatusCode)
		}
	}
	if page := other.want(http.StatusOK, other.page("/en/import")); strings.Contains(page, "Canary") {
		t.Error("it stands in the list of another analyst")
	}
	for _, r := range publicRoutes() {
		for _, f := range r.Formats {
			address := sample(r) + "." + f.Name
			if f == represent.HTML {
				address = "/en" + sample(r)
			}
			for _, v := range []*visitor{reader, other} {
				body := strings.ToLower(read(t, v.send("GET", address+"?q=canaryword&limit=200", "", "Accept", "*/*")))
				for _, word := range []string{"canary statement", "qscg-2024-06", "カナリア", "canberra on"} {
					if strings.Contains(body, word) {
						t.Errorf("%s shows %s to %s", address, word, v.name)
					}
				}
			}
		}
	}
}

// TestChangesOfADraftSayTheirVersion sends steps without a version, on an old one, and twice.
func TestChangesOfADraftSayTheirVersion(t *testing.T) {
	t.Parallel()
	h, all := editors(t, "rao")
	v := all[0]
	p := h.visitor("program")
	p.token = token(t, h.store, person(t, h.store, "program", models.Analyst), models.ScopeWrite)
	begin := `{"forum":"qscg","texts":[{"lang":"en","body":` + quoted(importedEN) + `},{"lang":"ja","body":` + quoted(importedJA) + `}]}`
	data := []string{"Content-Type", "application/json"}
	once, twice := models.Draft{}, models.Draft{}
	for _, d := range []*models.Draft{&once, &twice} {
		body := p.want(http.StatusCreated, p.send("POST", "/api/v1/import", begin, append(data, "Idempotency-Key", "one")...))
		if err := json.Unmarshal([]byte(body), d); err != nil {
			t.Fatal(err)
		}
	}
	if once.Ref == "" || once.Ref != twice.Ref {
		t.Errorf("the same key made the drafts %s and %s", once.Ref, twice.Ref)
	}
	if r := p.send("POST", "/api/v1/import", strings.Replace(begin, "Canary", "Other", 1), append(data, "Idempotency-Key", "one")...); r.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("the key of another text: %d", r.StatusCode)
	}
	align := "/api/v1/import/" + once.Ref + "/align"
	tag := p.send("GET", "/api/v1/import/"+once.Ref+"/align", "").Header.Get("ETag")
	if r := p.send("POST", align, `{"do":"confirm_all"}`, data...); r.StatusCode != http.StatusPreconditionRequired {
		t.Errorf("without a version: %d", r.StatusCode)
	}
	if r := p.send("POST", align, `{"do":"confirm_all"}`, append(data, "If-Match", tag)...); r.StatusCode != http.StatusOK {
		t.Errorf("on the version of the tag %s: %d %.300s", tag, r.StatusCode, read(t, r))
	}
	if r := p.send("POST", align, `{"do":"confirm","row":1}`, append(data, "If-Match", tag)...); r.StatusCode != http.StatusPreconditionFailed {
		t.Errorf("on the version before: %d", r.StatusCode)
	}
	ref := v.broughtIn()
	at := "/en/import/" + ref
	form := formOn(t, v.want(http.StatusOK, v.page(at+"/source")), at+"/source")
	if r := v.sendsParts(at+"/source", form, "title.en", "First", "form.key", "a"); r.StatusCode != http.StatusSeeOther {
		t.Fatalf("save: %d %.600s", r.StatusCode, read(t, r))
	}
	late := v.sendsParts(at+"/source", form, "title.en", "Second <i>", "form.key", "b")
	page := read(t, late)
	if late.StatusCode != http.StatusPreconditionFailed || !strings.Contains(page, "Second &lt;i&gt;") || !strings.Contains(page, "First") || !strings.Contains(page, `name="form.choose" value="title.en"`) {
		t.Errorf("saved on an old version: %d; want both sides", late.StatusCode)
	}
	conflict := formOn(t, page, at+"/source")
	if got := conflict["form.choose"]; len(got) != 1 {
		t.Errorf("the sides differ in %v; want the title alone", got)
	}
	if r := v.sendsParts(at+"/source", conflict, "title.en", "Second <i>"); r.StatusCode != http.StatusSeeOther || v.importOf(ref).Facts.Title.EN != "Second <i>" {
		t.Errorf("after a choice: %d, %q: %s %v", r.StatusCode, v.importOf(ref).Facts.Title.EN, regexp.MustCompile(`(?s)error-summary.*?</div>`).FindString(read(t, r)), conflict)
	}
	if m := v.importOf(ref).Facts.NewMeeting; m == nil || m.MeetingRef != "qscg-2024-06" {
		t.Errorf("the new meeting is %+v after the conflict", m)
	}
}

// TestBadImportsAreRefused sends what makes no sense, each with the field that is named.
func TestBadImportsAreRefused(t *testing.T) {
	t.Parallel()
	h, all := editors(t, "rao")
	v, p := all[0], h.visitor("program")
	p.token = token(t, h.store, person(t, h.store, "program", models.Analyst), models.ScopeWrite)
	good := `{"forum":"qscg","texts":[{"lang":"en","body":"We will act."}]`
	for name, c := range map[string]struct {
		body   string
		status int
		field  string
	}{
		"no text":                 {`{"forum":"qscg"}`, 422, "texts"},
		"no forum":                {`{"texts":[{"body":"We will act."}]}`, 422, "forum"},
		"another forum":           {`{"forum":"nobody","texts":[{"lang":"en","body":"We will act."}]}`, 422, "forum"},
		"text and file":           {`{"forum":"qscg","texts":[{"body":"We will act.","data":"QQ=="}]}`, 422, "texts.0"},
		"no base64":               {`{"forum":"qscg","texts":[{"data":"%"}]}`, 400, "texts.0.data"},
		"text of a number":        {`{"forum":"qscg","texts":[{"body":1}]}`, 400, "texts.0.body"},
		"control character":       {`{"forum":"qscg","texts":[{"lang":"en","body":"We will\u0007act."}]}`, 422, "texts.0"},
		"NUL":                     {`{"forum":"qscg","texts":[{"lang":"en","body":"We will\u0000act."}]}`, 422, "texts.0"},
		"twice the same language": {`{"forum":"qscg","texts":[{"lang":"en","body":"We will act."},{"lang":"en","body":"We will."}]}`, 422, "texts.1"},
		"unknown field":           {good + `,"author":"me"}`, 400, "author"},
		"unknown field of a text": {`{"forum":"qscg","texts":[{"text":"x"}]}`, 400, "texts.0.text"},
		"publication":             {good + `,"publications":[{"lang":"en","publisher":"P","title":"T","url":"javascript:alert(1)","standing":"statement"}]}`, 422, "publications.0.url"},
		"issued tomorrow":         {good + `,"issued_on":"2999-01-01"}`, 422, "issued_on"},
		"meeting elsewhere":       {good + `,"meeting":"nowhere"}`, 422, "meeting"},
		"file that is none":       {`{"forum":"qscg","texts":[{"lang":"en","name":"a.docx","data":"UEsDBA=="}]}`, 422, "texts.0"},
		"title of two lines":      {good + `,"title":{"en":"a\nb"}}`, 422, "title.en"},
	} {
		r := p.send("POST", "/api/v1/import", c.body, "Content-Type", "application/json")
		body := read(t, r)
		if r.StatusCode != c.status || !strings.Contains(body, `"field":"`+c.field+`"`) {
			t.Errorf("%s: %d %.400s; want %d and the field %s", name, r.StatusCode, body, c.status, c.field)
		}
	}
	huge := strings.Repeat("We will act. ", 6<<20/13+1)
	for name, r := range map[string]*http.Response{
		"JSON": p.send("POST", "/api/v1/import", `{"texts":[{"body":"`+huge+`"}]}`, "Content-Type", "application/json"),
		"form": v.uploads("/en/import", "texts.0.body", huge), "other route": v.send("POST", "/en/topics", huge, "Content-Type", formType, "Accept", "text/html"),
	} {
		if body := read(t, r); r.StatusCode != http.StatusRequestEntityTooLarge || name != "other route" && !strings.Contains(body, "5120 KiB") {
			t.Errorf("6 MiB as %s: %d %.200s; want 413 that names the limit", name, r.StatusCode, body)
		}
	}
	if r := v.uploads("/en/topics", "name.en", "x"); r.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("a form with files for another route: %d; want 415", r.StatusCode)
	}
	for name, body := range map[string]string{"cut short": "--b\r\nContent-Disposition: form-data; name=\"forum\"\r\n\r\nqs", "nothing": "", "no boundary": "forum=qscg"} {
		if r := v.send("POST", "/en/import", body, "Content-Type", "multipart/form-data; boundary=b", "Accept", "text/html"); r.StatusCode != http.StatusBadRequest && r.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d; want 400 or 422", name, r.StatusCode)
		}
	}
	page := read(t, v.uploads("/en/import", "forum", "", "texts.1.body", "Kept words <x>.", "texts.1.lang", "en", "texts.0.body", "", "publications.0.publisher", "", "publications.1.publisher", "P"))
	for _, want := range []string{"<title>Error: ", "Kept words &lt;x&gt;.", `href="#field-forum"`, `href="#field-publications.1.title"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the form that comes back lacks %s", want)
		}
	}
	if left, err := os.ReadDir(os.TempDir()); err == nil {
		for _, f := range left {
			if strings.HasPrefix(f.Name(), "multipart-") {
				t.Errorf("the file %s is left", f.Name())
			}
		}
	}
	if page := v.want(http.StatusOK, v.page("/en/import")); strings.Contains(page, "h-drafts") {
		t.Error("a refused statement left a draft")
	}
}

// TestFormWithFilesSurvivesTheSession sends a form with a file after the session ended and signs in from the answer.
func TestFormWithFilesSurvivesTheSession(t *testing.T) {
	t.Parallel()
	_, all := editors(t, "rao")
	v := all[0]
	v.cookie = ""
	r := v.uploads("/en/import", "form.page", "/import", "form.edit", "1", "forum", "qscg", "texts.0.body", "We will keep <this>.", "texts.1.file", "a.txt\nWe will go.")
	page := v.want(http.StatusUnauthorized, r)
	form := formOn(t, page, "/en/sign-in")
	if kept, err := url.ParseQuery(form.Get("kept")); err != nil || kept.Get("texts.0.body") != "We will keep <this>." || kept.Has("texts.1.data") {
		t.Fatalf("kept: %v %v", kept, err)
	}
	if r := v.sends("/en/sign-in", form, "email", "rao@example.org", "passphrase", passphrase); r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/en/import" {
		t.Fatalf("sign in: %d to %s", r.StatusCode, r.Header.Get("Location"))
	}
	if page := v.want(http.StatusOK, v.page("/en/import")); !strings.Contains(page, "We will keep &lt;this&gt;.") {
		t.Error("what was pasted is lost")
	}
}

// TestEverythingWrongWithAStatementIsSaidAtOnce sends facts, a meeting and texts that are all wrong.
func TestEverythingWrongWithAStatementIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	_, all := editors(t, "rao")
	v := all[0]
	wrong := []string{"forum", "qscg", "meeting", "nowhere", "issued_on", "2999-01-01", "texts.0.body", "We will\u0007act.", "texts.0.lang", "en"}
	fields := []string{"meeting", "issued_on", "texts.0"}
	check := func(name string, r *http.Response) {
		t.Helper()
		page := read(t, r)
		for _, field := range fields {
			if r.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, `href="#field-`+field+`"`) {
				t.Errorf("%s: %d without a word on %s", name, r.StatusCode, field)
			}
		}
	}
	check("a new statement", v.uploads("/en/import", wrong...))
	ref := v.broughtIn()
	form := formOn(t, v.want(http.StatusOK, v.page("/en/import/"+ref+"/source")), "/en/import/"+ref+"/source")
	check("other texts for a draft", v.sendsParts("/en/import/"+ref+"/source", form, wrong...))
}

// TestSplitBeforeWords splits a paragraph by the form that needs no script.
func TestSplitBeforeWords(t *testing.T) {
	t.Parallel()
	_, all := editors(t, "rao")
	v := all[0]
	ref := v.broughtIn()
	at := "/en/import/" + ref
	last := len(v.importOf(ref).Work.Rows) - 1
	form := func() url.Values {
		_, panel, _ := strings.Cut(v.want(http.StatusOK, v.page(at+"/align")), fmt.Sprintf(`id="before-%d-en"`, last-1))
		_, own, _ := strings.Cut(panel, `<form method="post"`) // the first form after that of the row before
		f := formOn(t, `<form method="post"`+own, at+"/align")
		f.Set("row", fmt.Sprint(last))
		f.Set("lang", "en")
		return f
	}
	r := v.sends(at+"/align", form(), "before", "no such <words>")
	if page := read(t, r); r.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, `href="#field-before"`) || !strings.Contains(page, `id="field-before"`) || !strings.Contains(page, "no such &lt;words&gt;") {
		t.Errorf("words that are not there: %d; want the form with what was typed", r.StatusCode)
	}
	if r := v.sends(at+"/align", form(), "before", "of 20 labels"); r.StatusCode != http.StatusSeeOther {
		t.Fatalf("split inside a sentence: %d %.600s", r.StatusCode, read(t, r))
	}
	if d := v.importOf(ref); d.Words(last, "en") != "We will publish a register" || !strings.HasPrefix(d.Words(last+1, "en"), "of 20 labels") {
		t.Errorf("split into %q and %q", d.Words(last, "en"), d.Words(last+1, "en"))
	}
}

// TestSameTextIsConfirmed brings the words of a statement of the record in once more, on pages and as a program.
func TestSameTextIsConfirmed(t *testing.T) {
	t.Parallel()
	h, all := editors(t, "rao")
	v, p := all[0], h.visitor("program")
	p.token = token(t, h.store, person(t, h.store, "program", models.Analyst), models.ScopeWrite)
	published, err := h.store.Statement(t.Context(), models.Public, models.When{}, "qscg-2023-12")
	if err != nil {
		t.Fatal(err)
	}
	words := ""
	for _, paragraph := range published.Item.Paragraphs {
		words += paragraph.Texts["en"] + "\n\n"
	}
	r := p.send("POST", "/api/v1/import", `{"forum":"qscg","meeting":"qscg-2023-12","title":{"en":"Once more"},"texts":[{"lang":"en","body":`+quoted(words)+`}]}`, "Content-Type", "application/json")
	var d models.Draft
	if err := json.Unmarshal([]byte(p.want(http.StatusCreated, r)), &d); err != nil {
		t.Fatal(err)
	}
	if d = p.importOf(d.Ref); len(d.Same) == 0 {
		t.Fatalf("the text is not found in the record: %.300s", words)
	}
	publish := func(more string) (int, string) {
		r := p.send("POST", "/api/v1/import/"+d.Ref+"/publish", fmt.Sprintf(`{"undecided":%d,"version":%d%s}`, d.Undecided(), d.Version, more), "Content-Type", "application/json")
		return r.StatusCode, read(t, r)
	}
	if status, body := publish(""); status != http.StatusUnprocessableEntity || !strings.Contains(body, `"field":"again"`) {
		t.Errorf("without a word on it: %d %.300s", status, body)
	}
	if status, body := publish(`,"again":true`); status != http.StatusOK {
		t.Errorf("confirmed: %d %.300s", status, body)
	}
	r = v.uploads("/en/import", "forum", "qscg", "meeting", "qscg-2023-12", "title.en", "And again", "texts.0.body", words)
	_, rest, _ := strings.Cut(r.Header.Get("Location"), "/import/")
	ref, _, _ := strings.Cut(rest, "/")
	at := "/en/import/" + ref
	form := formOn(t, v.want(http.StatusOK, v.page(at+"/check")), at+"/publish")
	if r := v.sends(at+"/publish", form); r.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(read(t, r), `href="#field-again"`) {
		t.Errorf("the form without its mark: %d", r.StatusCode)
	}
	if r := v.sends(at+"/publish", form, "again", "on"); r.StatusCode != http.StatusSeeOther {
		t.Errorf("the form with its mark: %d", r.StatusCode)
	}
}
