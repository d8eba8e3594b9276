package handlers_test

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// badSyntax are bodies that are no single JSON object.
func badSyntax() []badCase {
	good := but()
	deep := strings.Repeat("[", 20_000)
	return []badCase{
		{name: "empty body", body: "", status: 400, field: "body"},
		{name: "blank body", body: " \n\t ", status: 400, field: "body"},
		{name: "null", body: "null", status: 400, field: "body"},
		{name: "array", body: "[" + good + "]", status: 400, field: "body"},
		{name: "empty array", body: "[]", status: 400, field: "body"},
		{name: "text", body: `"status"`, status: 400, field: "body"},
		{name: "number", body: "7", status: 400, field: "body"},
		{name: "true", body: "true", status: 400, field: "body"},
		{name: "text behind", body: good + " and more", status: 400, field: "body"},
		{name: "brace behind", body: good + "}", status: 400, field: "body"},
		{name: "comma behind", body: good + ",", status: 400, field: "body"},
		{name: "two values", body: good + good, status: 400, field: "body"},
		{name: "two lines of values", body: good + "\n" + good, status: 400, field: "body"},
		{name: "null behind", body: good + " null", status: 400, field: "body"},
		{name: "brace alone", body: "{", status: 400, field: "body"},
		{name: "cut short in a name", body: `{"status`, status: 400, field: "body"},
		{name: "cut short before the end", body: strings.TrimSuffix(good, "}"), status: 400, field: "body"},
		{name: "cut short in a text", body: `{"status":"under`, status: 400, field: "status"},
		{name: "cut short in a row", body: `{"evidence":[{"url":"https://example.org/a"`, status: 400, field: "evidence.0"},
		{name: "comma before the end", body: strings.TrimSuffix(good, "}") + ",}", status: 400, field: "body"},
		{name: "comment", body: "/* why */" + good, status: 400, field: "body"},
		{name: "line comment", body: good + "// why", status: 400, field: "body"},
		{name: "single quotes", body: `{'status':'under_way'}`, status: 400, field: "body"},
		{name: "name without quotes", body: `{status:"under_way"}`, status: 400, field: "body"},
		{name: "not a number", body: but("replaces", "NaN"), status: 400, field: "replaces"},
		{name: "leading zero", body: but("replaces", "01"), status: 400, field: "body"},
		{name: "hexadecimal", body: but("replaces", "0x1"), status: 400, field: "body"},
		{name: "unknown escape", body: but("note.en", `"\x41"`), status: 400, field: "note.en"},
		{name: "escape cut short", body: but("note.en", `"\u00"`), status: 400, field: "note.en"},
		{name: "raw line break in a text", body: but("note.en", "\"a\nb\""), status: 400, field: "note.en"},
		{name: "form in place of JSON", body: "status=under_way&reason=evidence", status: 400, field: "body"},
		{name: "XML in place of JSON", body: "<update><status>under_way</status></update>", status: 400, field: "body"},
		{name: "nesting without end", body: deep, status: 400, field: "0"},
		{name: "nesting without end in a field", body: `{"evidence":` + deep, status: 400, field: "evidence"},
		{name: "deep list in a field", body: but("evidence", strings.Repeat("[", 40)+strings.Repeat("]", 40)), status: 400, field: "evidence.0"},
		{name: "deep object in a field", body: but("note", strings.Repeat(`{"en":`, 40)+"1"+strings.Repeat("}", 40)), status: 400, field: "note.en"},
		{name: "deep list closed", body: but("evidence", strings.Repeat("[", 9_000)+strings.Repeat("]", 9_000)), status: 400, field: "evidence.0"},
	}
}

// badBytes are bodies that are not UTF-8, which PostgreSQL would refuse and SQLite would keep.
func badBytes() []badCase {
	cases := []badCase{
		{name: "byte order mark", body: "\ufeff" + but(), status: 400, field: "body"},
		{name: "UTF-16", body: "\xff\xfe{\x00}\x00", status: 400, field: "body"},
		{name: "NUL before", body: "\x00" + but(), status: 400, field: "body"},
		{name: "NUL behind", body: but() + "\x00", status: 400, field: "body"},
		{name: "gzip", body: "\x1f\x8b\x08\x00", status: 400, field: "body", header: []string{"Content-Encoding", "gzip"}},
		{name: "bytes in a name", body: "{\"sta\xfftus\":1}", status: 400, field: "body"},
	}
	for name, bytes := range map[string]string{
		"a stray byte": "\xff", "a cut character": "\xe3\x81", "a long form": "\xc0\xaf", "a surrogate as bytes": "\xed\xa0\x80", "beyond Unicode": "\xf4\x90\x80\x80",
		"Shift JIS": "\x93\xfa\x96\x7b", "Latin-1": "caf\xe9",
		"a high surrogate alone": `\ud800`, "a low surrogate alone": `\udc00`, "surrogates swapped": `\udc00\ud800`, "a high surrogate before a letter": `\ud83da`,
	} {
		cases = append(cases, badCase{name: name, body: but("note.en", `"a`+bytes+`"`), status: 400, field: "note.en"})
	}
	for _, field := range []string{"status", "country", "effective_on", "evidence.0.title", "evidence.0.url", "search_note.where", "search_note.queries.0", "search_note.result.ja"} {
		cases = append(cases, badCase{name: "a stray byte in " + field, body: but(field, "\"\xff\""), status: 400, field: field},
			badCase{name: "a surrogate alone in " + field, body: but(field, `"\ud800"`), status: 400, field: field})
	}
	return cases
}

// badNames are fields that there are not, and fields that stand twice.
func badNames() []badCase {
	var cases []badCase
	for _, field := range []string{
		"foo", "id", "initiative", "author", "recorded_at", "review_mark", "grade", "published", "__proto__", "statuss", "status ", "ｓtatus",
		"Status", "STATUS", "effectiveOn", "Effective_On", "SearchNote",
		"note.fr", "note.EN", "note.", "evidence.0.id", "evidence.0.URL", "evidence.0.retracted_at", "evidence.0.note", "evidence.0.confidence",
		"search_note.suggested_status", "search_note.initiative", "search_note.Where", "search_note.result.de",
	} {
		cases = append(cases, badCase{name: "unknown " + field, body: but(field, `"x"`), status: 400, field: field})
	}
	cases = append(cases, badCase{name: "unknown and null", body: but("foo", "null"), status: 400, field: "foo"},
		badCase{name: "no name", body: `{"":1}`, status: 400, field: "body"},
		badCase{name: "very long name", body: `{"` + strings.Repeat("x", 100_000) + `":1}`, status: 400, field: strings.Repeat("x", 40) + "…"},
		badCase{name: "names without end", body: but("note", manyNames(5_000)), status: 400, field: "note.n0"})
	for field, twice := range map[string]string{
		"status": `{"status":"under_way","status":"under_way"}`, "reason": `{"reason":"event","status":"delivered","reason":"event"}`,
		"note": `{"note":{},"note":{"en":"a"}}`, "note.en": `{"note":{"en":"a","ja":"b","en":"c"}}`, "evidence": `{"evidence":[],"evidence":[]}`,
		"evidence.0.url": `{"evidence":[{"url":"https://a.example/","url":"https://b.example/"}]}`, "evidence.1.grade": `{"evidence":[{},{"grade":"E1","grade":"E2"}]}`,
		"search_note.where": `{"search_note":{"where":"a","where":"b"}}`, "search_note.result.ja": `{"search_note":{"result":{"ja":"a","ja":"b"}}}`, "foo": `{"foo":1,"foo":2}`,
	} {
		cases = append(cases, badCase{name: "twice " + field, body: twice, status: 400, field: field})
	}
	return append(cases, badCase{name: "twice by an escape", body: `{"status":"under_way","\u0073tatus":"delivered"}`, status: 400, field: "status"})
}

// manyNames is an object of n fields that there are not.
func manyNames(n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(`"n%d":%d`, i, i))
	}
	return "{" + strings.Join(all, ",") + "}"
}

// textFields are the fields that hold a text.
var textFields = []string{"country", "status", "effective_on", "reason", "note.en", "note.ja", "meeting", "evidence.0.ref", "evidence.0.url", "evidence.0.title",
	"evidence.0.publisher", "evidence.0.kind", "evidence.0.lang", "evidence.0.published_on", "evidence.0.grade", "evidence.0.stance", "search_note.ref",
	"search_note.searched_on", "search_note.where", "search_note.queries.0", "search_note.result.en", "search_note.result.ja"}

func badTypes() []badCase {
	var cases []badCase
	add := func(field string, values ...string) {
		for _, v := range values {
			cases = append(cases, badCase{name: field + " is " + v, body: but(field, v), status: 400, field: field})
		}
	}
	for _, field := range textFields {
		add(field, "7", "true", `["x"]`, "{}")
	}
	add("replaces", `"1"`, "1.5", "1e400", "1e300", "-1e300", "1e1000000", "true", "[1]", "{}")
	for _, field := range []string{"note", "search_note", "evidence.0", "search_note.result"} {
		add(field, `"x"`, "7", "[]", "false")
	}
	for _, field := range []string{"evidence", "search_note.queries"} {
		add(field, `"x"`, "7", "{}", "true")
	}
	return cases
}

// badCharacters are what no keyboard makes; the answer names the field.
func badCharacters() []badCase {
	var cases []badCase
	for name, c := range map[string]string{
		"NUL": `\u0000`, "start of heading": `\u0001`, "bell": `\u0007`, "backspace": `\b`, "vertical tab": `\u000b`, "form feed": `\f`, "escape": `\u001b`, "unit separator": `\u001f`,
		"delete": `\u007f`, "delete, raw": "\x7f", "padding character": `\u0080`, "next line": `\u0085`, "next line, raw": "\u0085", "application command": `\u009f`,
		"FDD0": `\ufdd0`, "FDEF": `\ufdef`, "FFFE": `\ufffe`, "FFFF": `\uffff`, "FFFF, raw": "\uffff", "1FFFE": `\ud83f\udffe`, "10FFFF": `\udbff\udfff`,
	} {
		cases = append(cases, badCase{name: "character " + name, body: but("note.ja", `"予算`+c+`"`), status: 400, field: "note.ja"})
	}
	for _, field := range textFields {
		status := 400
		if strings.HasSuffix(field, "_on") {
			status = 422 // it is no date
		}
		cases = append(cases, badCase{name: "NUL in " + field, body: but(field, `"a\u0000"`), status: status, field: field})
	}
	return append(cases,
		badCase{name: "raw NUL in a text", body: but("note.en", "\"a\x00\""), status: 400, field: "note.en"},
		badCase{name: "raw escape in a text", body: but("evidence.0.title", "\"\x1b[31m\""), status: 400, field: "evidence.0.title"})
}

func badLengths() []badCase {
	long := func(n int) string { return quoted(strings.Repeat("字", n)) }
	cases := []badCase{}
	for field, most := range map[string]int{
		"note.en": models.MaxNote, "note.ja": models.MaxNote, "evidence.0.title": models.MaxTitle, "evidence.0.publisher": models.MaxTitle, "search_note.where": models.MaxTitle,
		"search_note.queries.0": models.MaxTitle, "search_note.result.en": models.MaxNote, "search_note.result.ja": models.MaxNote,
	} {
		cases = append(cases, badCase{name: "too long " + field, body: but(field, long(most+1)), status: 422, field: field})
	}
	for _, field := range []string{"country", "status", "reason", "meeting", "evidence.0.ref", "evidence.0.kind", "evidence.0.lang", "evidence.0.grade", "evidence.0.stance", "search_note.ref",
		"effective_on", "evidence.0.published_on", "search_note.searched_on"} {
		cases = append(cases, badCase{name: "far too long " + field, body: but(field, long(30_000)), status: 422, field: field})
	}
	row := `{"ref":"wh-2023-12-15","grade":"E1","stance":"context"}`
	return append(cases,
		badCase{name: "too long address", body: but("evidence.0.url", quoted("https://example.org/"+strings.Repeat("a", models.MaxURL))), status: 422, field: "evidence.0.url"},
		badCase{name: "51 rows of evidence", body: but("evidence", "["+strings.Repeat(row+",", 50)+row+"]"), status: 422, field: "evidence"},
		badCase{name: "51 words looked for", body: but("search_note.queries", "["+strings.Repeat(`"a",`, 50)+`"b"]`), status: 422, field: "search_note.queries"},
		badCase{name: "too large", body: but("note.en", long(100_000)), status: 413},
		badCase{name: "one byte too large", body: but() + strings.Repeat(" ", 256<<10+1-len(but())), status: 413})
}

func badDates() []badCase {
	var cases []badCase
	for _, field := range []string{"effective_on", "evidence.0.published_on", "search_note.searched_on"} {
		for _, day := range []string{"2026-11-24", "2027", "2026-12", "2026-Q4", "2026", "2026-11", "9999-12-31", "1899-12-31", "1899", "0001-01-01", "0000-01-01", "0000-05", "0000-Q1", "0000",
			"2026-02-30", "2026-13-01", "2026-00-10", "2026-11-31", "2025-02-29", "2026-Q5", "2026-Q0", "2026-1-1", "20261101", "01/11/2026", "2026-11-01T00:00:00Z", "2026-11-01 ", " 2026-11-01",
			"-2026-11-01", "+2026", "tomorrow", "２０２６-１１-０１", "令和8年11月1日"} {
			cases = append(cases, badCase{name: field + " is " + day, body: but(field, quoted(day)), status: 422, field: field})
		}
	}
	for _, nothing := range []string{"", `""`, "null"} {
		cases = append(cases, badCase{name: "effective_on is left out as " + nothing, body: but("effective_on", nothing), status: 422, field: "effective_on"},
			badCase{name: "searched_on is left out as " + nothing, body: but("search_note.searched_on", nothing), status: 422, field: "search_note.searched_on"})
	}
	return cases
}

// badCodes are words that their list does not have.
func badCodes() []badCase {
	var cases []badCase
	for field, values := range map[string][]string{
		"status":                {"", "null", `""`, `"done"`, `"Delivered"`, `"delivered "`, `"DELIVERED"`, `"達成"`, `"not_applicable"`, `"superseded"`},
		"reason":                {"", "null", `""`, `"because"`, `"Event"`, `"import"`, `"event,evidence"`},
		"evidence.0.grade":      {"", "null", `""`, `"E0"`, `"E4"`, `"E9"`, `"e2"`, `"2"`, `"E2 "`},
		"evidence.0.stance":     {"", "null", `""`, `"for"`, `"Supports"`, `"neutral"`},
		"evidence.0.kind":       {`"blog"`, `"Media"`, `" "`, `"official"`},
		"evidence.0.lang":       {`"a language"`, `"en_US"`, `"日本語"`, `"<b>"`, `"-"`, `"e"`, `"en-"`, `"en--US"`, `"japanesish"`, `"ja;q=1"`, `"[x]"`},
		"evidence.0.title":      {"", "null", `""`, `"  "`, `"　"`, `"\u200b"`},
		"evidence.0.publisher":  {"", "null", `""`, `"\n"`},
		"search_note.where":     {"", "null", `""`, `"\t"`, `"\u2060"`},
		"search_note.result.en": {},
	} {
		for _, v := range values {
			cases = append(cases, badCase{name: field + " is the code " + v, body: but(field, v), status: 422, field: field})
		}
	}
	for name, v := range map[string]string{"left out": "", "null": "null", "empty": "{}", "blank": `{"en":" ","ja":"　"}`} {
		cases = append(cases, badCase{name: "a search without a result, " + name, body: but("search_note.result", v), status: 422, field: "search_note.result.en"})
	}
	return append(cases,
		badCase{name: "an empty object", body: "{}", status: 422, field: "status"},
		badCase{name: "an empty search note", body: but("search_note", "{}"), status: 422, field: "search_note.searched_on"},
		badCase{name: "an empty row of evidence", body: but("evidence", "[{}]"), status: 422, field: "evidence.0.url"},
		badCase{name: "a row that is null", body: but("evidence", "[null]"), status: 422, field: "evidence.0.grade"},
		badCase{name: "the second row at fault", body: but("evidence.1", `{"url":"https://example.org/2","title":"B","publisher":"P","grade":"E7","stance":"supports"}`), status: 422, field: "evidence.1.grade"})
}

// badGrounds are judgements without what their status must rest on (docs/status-scale.md).
func badGrounds() []badCase {
	var cases []badCase
	refuse := func(name, field, status string, pairs ...string) {
		pairs = append([]string{"status", quoted(status), "search_note", ""}, pairs...)
		cases = append(cases, badCase{name: status + " on " + name, body: but(pairs...), status: 422, field: field})
	}
	for _, status := range []string{"delivered", "partly_delivered", "under_way", "announced", "dropped", "stalled"} {
		refuse("nothing", "evidence", status, "evidence", "")
		refuse("an empty list", "evidence", status, "evidence", "[]")
		refuse("null", "evidence", status, "evidence", "null")
		refuse("what contradicts it", "evidence", status, "evidence.0.stance", `"contradicts"`, "evidence.0.grade", `"E3"`)
	}
	for _, status := range []string{"delivered", "partly_delivered"} {
		refuse("a statement", "evidence", status, "evidence.0.grade", `"E1"`)
		refuse("a statement and a contradiction", "evidence", status, "evidence.0.grade", `"E1"`,
			"evidence.1", `{"url":"https://example.org/2","title":"B","publisher":"P","grade":"E3","stance":"contradicts"}`)
	}
	note := `{"searched_on":"2026-11-02","where":"W","result":{"en":"Nothing."}}`
	for _, status := range []string{"delivered", "partly_delivered", "under_way", "announced", "dropped"} {
		refuse("a search note alone", "evidence", status, "evidence", "", "search_note", note)
	}
	refuse("evidence alone", "search_note", "no_public_action")
	refuse("nothing", "search_note", "no_public_action", "evidence", "")
	refuse("a search note that is null", "search_note", "no_public_action", "search_note", "null")
	for _, status := range []string{"stalled", "dropped"} {
		for name, reason := range map[string]string{"left out": "", "null": "null", "empty": "{}", "blank": `{"en":" \n","ja":"　"}`, "unseen": `{"en":"\u200b"}`} {
			refuse("no reason, "+name, "note.en", status, "note", reason)
		}
	}
	return cases
}

// badAddresses are evidence addresses that no page may link to (trust X2).
func badAddresses() []badCase {
	var cases []badCase
	for _, address := range []string{
		"", " ", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "javascript://example.org/%0aalert(1)", "data:text/html,<b>", "data:text/html;base64,PGI+",
		"vbscript:x", "file:///etc/passwd", "ftp://example.org/a", "gopher://example.org/", "mailto:a@example.org", "blob:https://example.org/a", "view-source:https://example.org/", "ws://example.org/",
		"//example.org/a", "/a", "a", "example.org/a", "www.example.org", "http:", "http:/", "http://", "https:///a", "https://?q", "https://#a", "https://:443/a", "http:example.org", "https:example.org/a",
		"https://user@example.org/", "https://user:pass@example.org/", "https://@example.org/", "https://example.org@evil.example:x/", "https://example.org/a b", "https://exa mple.org/", " https://example.org/", "https://example.org/ ",
		"https://example.org/a\n", "https://example.org/\r\nX: y", "https://example.org/\ta", `https://example.org\a`, `https:\\example.org\a`, `https://example.org\@evil.example/`, "https://example.org/\"onclick=", "https://example.org/<b>",
		"https://example.org/%zz", "https://[::1/", "https://example.org:port/", "https://example.org/a\u00a0b", "https://example.org/a\u3000b", "https://example.org/a\u2028b", "https://example.org/\u202egpj.exe", "https://exam\u200bple.org/",
	} {
		cases = append(cases, badCase{name: "address " + strconv.QuoteToASCII(address), body: but("evidence.0.url", quoted(address)), status: 422, field: "evidence.0.url"})
	}
	return cases
}
