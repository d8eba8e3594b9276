package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// badRefs point to what there is not, or to what belongs to another initiative.
func (b *badScene) badRefs() []badCase {
	parts := "/api/v1/initiatives/" + badParts + "/updates"
	own := []string{"If-Match", b.tag(badParts)}
	cases := []badCase{
		{name: "not applicable part", to: parts, header: own, body: but("country", `"US"`), status: 422, field: "country"},
		{name: "country without a part", to: parts, header: own, body: but("country", `"IN"`), status: 422, field: "country"},
		{name: "search note of another initiative", to: parts, header: own, body: but("search_note", `{"ref":"note-cyber-challenge-2026-11-23"}`), status: 422, field: "search_note.ref"},
		{name: "update of another initiative, on one without any", to: parts, header: own, body: but("replaces", fmt.Sprint(b.standing)), status: 422, field: "replaces"},
		{name: "update of the whole in place of a part", body: but("country", `"JP"`, "replaces", fmt.Sprint(b.standing)), status: 422, field: "replaces"},
		{name: "no such initiative", to: "/api/v1/initiatives/NO-SUCH/updates", body: but(), status: 404},
		{name: "initiative in small letters", to: "/api/v1/initiatives/" + strings.ToLower(badTarget) + "/updates", body: but(), status: 404},
		{name: "initiative with NUL", to: "/api/v1/initiatives/a%00b/updates", body: but(), status: 404},
		{name: "initiative of stray bytes", to: "/api/v1/initiatives/a%ffb/updates", body: but(), status: 404},
		{name: "very long initiative", to: "/api/v1/initiatives/" + strings.Repeat("A", 2000) + "/updates", body: but(), status: 404},
	}
	for field, values := range map[string][]string{
		"country":  {`"FR"`, `"XX"`, `"JPN"`, `"jp"`, `" JP"`, `" "`, `"日本"`, `"JP,US"`, `"' OR 1=1 --"`},
		"meeting":  {`"no-such"`, `"QSCG-2023-12"`, `" "`, `"qscg-2023-12 "`, `"%"`, `"'"`, `"wh-2023-12-15"`},
		"replaces": {"-1", "-9223372036854775808", "999999", "9007199254740993", fmt.Sprint(b.elsewhere), fmt.Sprint(b.corrected)},
	} {
		for _, v := range values {
			cases = append(cases, badCase{name: field + " refers to " + v, body: but(field, v), status: 422, field: field})
		}
	}
	for _, ref := range []string{"no-such", " ", "note-cloud-services-2026-11-23", "NOTE-CYBER-CHALLENGE-2026-11-23", "wh-2023-12-15", "%"} {
		cases = append(cases, badCase{name: "search note " + ref, body: but("search_note", `{"ref":`+quoted(ref)+`}`), status: 422, field: "search_note.ref"})
	}
	return append(cases, badCase{name: "search note by ref and anew", body: but("search_note.ref", `"note-cyber-challenge-2026-11-23"`), status: 422, field: "search_note.ref"})
}

func (b *badScene) badEvidence() []badCase {
	row := func(ref string) string { return `{"ref":` + quoted(ref) + `,"grade":"E2","stance":"supports"}` }
	anew := func(url string) string {
		return `{"url":` + quoted(url) + `,"title":"A","publisher":"P","grade":"E2","stance":"supports"}`
	}
	cases := []badCase{
		{name: "the same ref twice", body: but("evidence", "["+row("wh-2023-12-15")+","+row("wh-2023-12-15")+"]"), status: 422, field: "evidence.1"},
		{name: "the same address twice", body: but("evidence", "["+anew("https://example.org/x")+","+anew("https://example.org/x")+"]"), status: 422, field: "evidence.1"},
		{name: "the same third", body: but("evidence", "["+row("wh-2023-12-15")+","+anew("https://example.org/x")+","+row("wh-2023-12-15")+"]"), status: 422, field: "evidence.2"},
		{name: "by ref and again by its address", body: but("evidence", "["+row(b.cited.Ref)+","+anew(b.cited.URL)+"]"), status: 422, field: "evidence.1"},
		{name: "by its address and again by ref", body: but("evidence", "["+anew(b.cited.URL)+","+row(b.cited.Ref)+"]"), status: 422, field: "evidence.1"},
		{name: "evidence that was struck out", body: but("evidence", "["+row(badStruck)+"]"), status: 422, field: "evidence.0.ref"},
		{name: "unknown in the second row", body: but("evidence", "["+row("wh-2023-12-15")+","+row("no-such")+"]"), status: 422, field: "evidence.1.ref"},
	}
	for _, ref := range []string{"no-such", " ", "WH-2023-12-15", "note-cyber-challenge-2026-11-23", "'"} {
		cases = append(cases, badCase{name: "evidence " + ref, body: but("evidence", "["+row(ref)+"]"), status: 422, field: "evidence.0.ref"})
	}
	for field, v := range map[string]string{"url": `"https://example.org/a"`, "title": `"A"`, "publisher": `"P"`, "kind": `"media"`, "lang": `"en"`, "published_on": `"2026-10"`} {
		body := but("evidence", `[{"ref":"wh-2023-12-15","grade":"E2","stance":"supports",`+quoted(field)+`:`+v+`}]`)
		cases = append(cases, badCase{name: "ref together with " + field, body: body, status: 422, field: "evidence.0.ref"})
	}
	return cases
}

func (b *badScene) badHeaders() []badCase {
	var cases []badCase
	for _, media := range []string{"", "text/plain", "text/json", "application/xml", "multipart/form-data; boundary=x", "application/problem+json", "application/merge-patch+json", "application/jsonp",
		"json", "application/json; charset", "application/*", "*/*", "application/json, text/plain", "application/x-ndjson"} {
		cases = append(cases, badCase{name: "Content-Type " + media, body: but(), status: 415, header: []string{"Content-Type", media}})
	}
	return append(cases,
		badCase{name: "a form where nothing was filled in", body: "note.en=", status: 422, field: "status", header: []string{"Content-Type", "application/x-www-form-urlencoded"}},
		badCase{name: "JSON under the name of a form", body: but(), status: 400, field: but()[:40] + "…", header: []string{"Content-Type", "application/x-www-form-urlencoded"}},
		badCase{name: "from a foreign page", body: but(), status: 403, header: []string{"Sec-Fetch-Site", "cross-site"}},
		badCase{name: "from a foreign origin", body: but(), status: 403, header: []string{"Origin", "https://evil.example"}},
		badCase{name: "key of another body", body: but("note.en", `"Other."`), status: 422, header: []string{"Idempotency-Key", "used"}},
		badCase{name: "key of another route", to: fmt.Sprintf("/api/v1/updates/%d/undo", b.standing), body: "{}", status: 422, header: []string{"Idempotency-Key", "used"}},
		badCase{name: "key of the same change spelt otherwise", body: but() + " ", status: 422, header: []string{"Idempotency-Key", "used"}},
		badCase{name: "bad change under a new key", body: but("status", `"done"`), status: 422, field: "status", header: []string{"Idempotency-Key", "new"}},
		badCase{name: "unknown parameter", to: assessing + "?foo=1", body: but(), status: 400, field: "foo"},
		badCase{name: "a time in the query", to: assessing + "?as_of=2023-12-06", body: but(), status: 400, field: "as_of"},
		badCase{name: "fields in the query", to: assessing + "?status=delivered", body: but(), status: 400, field: "status"},
		badCase{name: "101 parameters", to: assessing + "?" + strings.Repeat("a=1&", 101), body: but(), status: 400, field: "query"},
		badCase{name: "a query that cannot be read", to: assessing + "?a=%zz", body: but(), status: 400, field: "query"},
		badCase{name: "as CSV", to: assessing + ".csv", body: but(), status: 406},
		badCase{name: "no such route", to: "/api/v1/initiatives/" + badTarget + "/judgements", body: but(), status: 404},
		badCase{name: "a route to read", to: "/api/v1/statements/qscg-2023-12/annotations", body: but(), status: 405})
}

func (b *badScene) badTokens() []badCase {
	good := b.token(b.analyst, models.ScopeWrite)
	revoked := b.token(b.analyst, models.ScopeWrite)
	tokens, err := b.store.Tokens(context.Background(), b.analyst.Actor(), false)
	if err != nil || b.store.RevokeToken(context.Background(), b.analyst.Actor(), tokens[0].ID) != nil {
		b.t.Fatalf("the token is not revoked: %v", err)
	}
	b.member(models.Administrator) // without one no account can be shut
	shut := b.member(models.Analyst)
	of := b.token(shut, models.ScopeWrite)
	if err := b.store.SetRole(context.Background(), models.Program, shut.ID, models.Analyst, true); err != nil {
		b.t.Fatal(err)
	}
	swapped := []byte(good)
	swapped[10], swapped[11] = swapped[11], swapped[10]+1
	cases := []badCase{
		{name: "token in the query", to: assessing + "?token=" + good, body: but(), status: 401, header: []string{"Authorization", ""}},
		{name: "access_token in the query", to: assessing + "?access_token=" + good, body: but(), status: 401, header: []string{"Authorization", ""}},
		{name: "token in the body", body: but("token", quoted(good)), status: 401, header: []string{"Authorization", ""}},
		{name: "token in a cookie", body: but(), status: 401, header: []string{"Authorization", "", "Cookie", "token=" + good}},
		{name: "token as a session", body: but(), status: 401, header: []string{"Authorization", "", "Cookie", "__Host-session=" + good}},
		{name: "token in another header", body: but(), status: 401, header: []string{"Authorization", "", "X-Api-Key", good}},
	}
	for name, value := range map[string]string{
		"no": "", "revoked": "Bearer " + revoked, "of a shut account": "Bearer " + of, "swapped": "Bearer " + string(swapped), "cut": "Bearer " + good[:len(good)-1], "with a tail": "Bearer " + good + "0",
		"bare": good, "Basic": "Basic " + good, "nameless": "Bearer ", "two spaces": "Bearer  " + good, "two": "Bearer " + good + ", Bearer " + good, "small letters": "Bearer " + strings.ToLower(good), "with NUL": "Bearer " + good + "\x00", "huge": "Bearer " + strings.Repeat("a", 20_000),
	} {
		cases = append(cases, badCase{name: name + " token", body: but(), status: 401, header: []string{"Authorization", value}})
	}
	for _, role := range []models.Role{models.Reader, models.Auditor} {
		cases = append(cases, badCase{name: "token of a " + string(role), body: but(), status: 403, header: []string{"Authorization", "Bearer " + b.token(b.member(role), models.ScopeWrite)}})
	}
	for _, role := range []models.Role{models.Reader, models.Analyst, models.Administrator} {
		cases = append(cases, badCase{name: "read-only token of a " + string(role), body: but(), status: 403, header: []string{"Authorization", "Bearer " + b.token(b.member(role), models.ScopeRead)}})
	}
	return cases
}

func (b *badScene) badVersions() []badCase {
	now := b.tag(badTarget)
	begin := now[:strings.LastIndexByte(now, '.')+1]
	cases := []badCase{
		{name: "no If-Match", body: but(), status: http.StatusPreconditionRequired, header: []string{"If-Match", ""}},
		{name: "blank If-Match", body: but(), status: http.StatusPreconditionRequired, header: []string{"If-Match", " "}},
		{name: "version in the body", body: but("version", "3"), status: 400, field: "version", header: []string{"If-Match", ""}},
		{name: "invalid and stale", body: but("status", `"done"`), status: 412, header: []string{"If-Match", begin + `1"`}},
	}
	for name, tag := range map[string]string{
		"the first version": begin + `1"`, "the version before": begin + `2"`, "a version to come": begin + `4"`, "no version": begin + `0"`, "a negative version": begin + `-1"`, "a huge version": begin + `99999999999999999999"`,
		"of another record": b.tag("QSCG-AI-ML"), "of a list": b.do("GET", "/api/v1/initiatives").Header.Get("ETag"), "a star": "*", "a word": "latest", "quotes alone": `""`, "a number with letters": `"3x"`,
		"a version and a half": begin + `3.5"`, "hexadecimal": begin + `0x3"`, "full-width": begin + `３"`,
	} {
		cases = append(cases, badCase{name: "If-Match " + name, body: but(), status: 412, header: []string{"If-Match", tag}})
	}
	return cases
}

func (b *badScene) badUndos() []badCase {
	undo := func(id any) string { return fmt.Sprintf("/api/v1/updates/%v/undo", id) }
	cases := []badCase{
		{name: "undo what was corrected", to: undo(b.corrected), body: "{}", status: 409},
		{name: "undo what was imported", to: undo(b.elsewhere), body: "{}", status: 409},
		{name: "undo without a body", to: undo(b.standing), body: "", status: 400, field: "body"},
		{name: "undo null", to: undo(b.standing), body: "null", status: 400, field: "body"},
		{name: "undo with a field", to: undo(b.standing), body: `{"reason":"x"}`, status: 400, field: "reason"},
		{name: "undo a list", to: undo(b.standing), body: "[]", status: 400, field: "body"},
		{name: "undo without a media type", to: undo(b.standing), body: "{}", status: 415, header: []string{"Content-Type", ""}},
		{name: "undo without a token", to: undo(b.standing), body: "{}", status: 401, header: []string{"Authorization", ""}},
		{name: "undo with a parameter", to: undo(b.standing) + "?force=1", body: "{}", status: 400, field: "force"},
	}
	for _, id := range []any{0, -1, 999999, "x", "1e3", "1.0", "99999999999999999999", "%00", "%ff", "%EF%BC%91"} {
		cases = append(cases, badCase{name: fmt.Sprintf("undo %v", id), to: undo(id), body: "{}", status: 404})
	}
	return cases
}

func (b *badScene) badRetractions() []badCase {
	to := "/api/v1/evidence/wh-2023-12-15/retract"
	long := quoted(strings.Repeat("字", models.MaxNote+1))
	cases := []badCase{
		{name: "strike out again", to: "/api/v1/evidence/" + badStruck + "/retract", body: `{"reason":{"en":"Again."}}`, status: 409},
		{name: "strike out what is unknown", to: "/api/v1/evidence/no-such/retract", body: `{"reason":{"en":"x"}}`, status: 404},
		{name: "strike out NUL", to: "/api/v1/evidence/%00/retract", body: `{"reason":{"en":"x"}}`, status: 404},
		{name: "strike out without a token", to: to, body: `{"reason":{"en":"x"}}`, status: 401, header: []string{"Authorization", ""}},
		{name: "strike out as text", to: to, body: `{"reason":{"en":"x"}}`, status: 415, header: []string{"Content-Type", "text/plain"}},
		{name: "strike out too large", to: to, body: `{"reason":{"en":"` + strings.Repeat("a", 256<<10) + `"}}`, status: 413},
	}
	for body, want := range map[string]struct {
		status int
		field  string
	}{
		"": {400, "body"}, "null": {400, "body"}, "[]": {400, "body"}, `{"reason":"x"}`: {400, "reason"}, `{"reason":[]}`: {400, "reason"}, `{"reason":{"en":7}}`: {400, "reason.en"},
		`{"reason":{"fr":"x"}}`: {400, "reason.fr"}, `{"Reason":{"en":"x"}}`: {400, "Reason"}, `{"reason":{"en":"x"},"ref":"y"}`: {400, "ref"}, `{"reason":{"en":"a","en":"b"}}`: {400, "reason.en"},
		`{"reason":{"en":"\u0000"}}`: {400, "reason.en"}, `{"reason":{"ja":"\ud800"}}`: {400, "reason.ja"},
		"{}": {422, "reason.en"}, `{"reason":null}`: {422, "reason.en"}, `{"reason":{}}`: {422, "reason.en"}, `{"reason":{"en":"","ja":""}}`: {422, "reason.en"}, `{"reason":{"en":"  ","ja":"　"}}`: {422, "reason.en"},
	} {
		cases = append(cases, badCase{name: "strike out for " + body, to: to, body: body, status: want.status, field: want.field})
	}
	return append(cases,
		badCase{name: "strike out at length", to: to, body: `{"reason":{"en":` + long + `}}`, status: 422, field: "reason.en"},
		badCase{name: "strike out at length in Japanese", to: to, body: `{"reason":{"ja":` + long + `}}`, status: 422, field: "reason.ja"},
		badCase{name: "strike out at length in both", to: to, body: `{"reason":{"en":` + long + `,"ja":` + long + `}}`, status: 422, field: "reason.ja"})
}
