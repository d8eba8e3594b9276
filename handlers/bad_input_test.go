package handlers_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

const (
	badTarget = "QSCG-CYBER-CHALLENGE"
	badParts  = "TEST-PARTS" // of Japan, and not applicable to the United States
	badStruck = "ani-ransom" // evidence that was struck out
	assessing = "/api/v1/initiatives/" + badTarget + "/updates"
)

// badCase is a change that must be refused.
type badCase struct {
	name   string
	body   string
	status int
	field  string   // that errors[] must name; empty where no field is at fault, and then it must name none
	to     string   // address; that of the updates of badTarget when empty
	header []string // over those of a good change; an empty value leaves one out
}

// badScene is what the cases refer to.
type badScene struct {
	*desk
	good      []string // headers of a good change
	analyst   models.User
	corrected int64 // id of an update of badTarget that another one replaced
	standing  int64 // id of the one that stands
	elsewhere int64 // id of an imported update of another initiative
	cited     models.Evidence
}

// whole is a good change, of which each case spoils one thing.
func whole() map[string]any {
	return map[string]any{
		"status": "under_way", "effective_on": "2026-11-01", "reason": "evidence", "meeting": "qscg-2023-12", "country": "",
		"note": map[string]any{"en": "Announced.", "ja": "発表された。"},
		"evidence": []any{map[string]any{"url": "https://example.org/a", "title": "A", "publisher": "P", "kind": "media", "lang": "en",
			"published_on": "2026-10", "grade": "E2", "stance": "supports"}},
		"search_note": map[string]any{"searched_on": "2026-11-02", "where": "W", "queries": []any{"q"}, "result": map[string]any{"en": "Nothing.", "ja": "なし。"}},
	}
}

// but is the good change with other values: pairs of a path and raw JSON, or nothing to leave the field out.
func but(pairs ...string) string {
	tree := whole()
	raw := []string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		put(tree, strings.Split(pairs[i], "."), fmt.Sprintf("HOLE%d.", len(raw)), pairs[i+1] == "")
		raw = append(raw, fmt.Sprintf(`"HOLE%d."`, len(raw)), pairs[i+1])
	}
	b, err := json.Marshal(tree)
	if err != nil {
		panic(err) // texts and lists always encode
	}
	return strings.NewReplacer(raw...).Replace(string(b))
}

// put sets or removes the value at a path; a new row is added to the end of a list.
func put(in any, path []string, value any, remove bool) any {
	if len(path) == 0 {
		return value
	}
	switch in := in.(type) {
	case []any:
		n, err := strconv.Atoi(path[0])
		if err != nil {
			panic(err)
		}
		if n == len(in) {
			in = append(in, map[string]any{})
		}
		in[n] = put(in[n], path[1:], value, remove)
		return in
	case map[string]any:
		if remove && len(path) == 1 {
			delete(in, path[0])
		} else {
			in[path[0]] = put(in[path[0]], path[1:], value, remove)
		}
		return in
	}
	return put(map[string]any{}, path, value, remove)
}

// quoted is a JSON text.
func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a text always encodes
	}
	return string(b)
}

// newBadScene makes a desk where somebody has judged, corrected and struck out before.
func newBadScene(t *testing.T, s *store.Store) *badScene {
	t.Helper()
	d := newDesk(t, s)
	b := &badScene{desk: d, analyst: d.member(models.Analyst)}
	err := s.Write(context.Background(), models.Program, store.Change{Action: "add", Object: "initiative:" + badParts, Needs: models.PermitImport}, func(tx *store.Tx) error {
		return tx.AddInitiative(models.InitiativeRecord{
			Initiative: models.Initiative{Ref: badParts, Title: models.Text{EN: "Parts"}, Kind: "campaign", Topic: "cyber-challenge", BeginsOn: models.NewDate(2023, 1, 1), Trackable: true,
				Confidence: models.Verified, Parts: []models.Part{{Country: "JP", Role: "lead"}, {Country: "US", Role: "not_applicable"}}}})
	})
	if err != nil {
		t.Fatal(err)
	}
	b.good = []string{"Authorization", "Bearer " + d.token(b.analyst, models.ScopeWrite), "Content-Type", "application/json"}
	b.corrected = b.taken(assessing, but(), "Idempotency-Key", "used", "If-Match", b.tag(badTarget))
	b.standing = b.taken(assessing, but("evidence.0.url", `"https://example.org/b"`, "replaces", fmt.Sprint(b.corrected), "reason", `"correction"`), "If-Match", b.tag(badTarget))
	b.taken("/api/v1/evidence/"+badStruck+"/retract", `{"reason":{"en":"A copy."}}`)
	b.good = append(b.good, "If-Match", b.tag(badTarget))
	other, err := s.Initiative(context.Background(), models.Public, models.When{}, "QSCG-AI-ML")
	if err != nil {
		t.Fatal(err)
	}
	b.elsewhere, b.cited = other.Item.Updates[0].ID, other.Item.Updates[0].Evidence[0].Evidence
	return b
}

// taken posts a change that must be made, and returns the id of the update.
func (b *badScene) taken(address, body string, header ...string) int64 {
	b.t.Helper()
	r := b.send(address, body, append(slices.Clone(b.good), header...)...)
	answer := read(b.t, r)
	var made struct {
		ID int64 `json:"id"`
	}
	if r.StatusCode >= 300 || json.Unmarshal([]byte(answer), &made) != nil {
		b.t.Fatalf("POST %s: %d %s; want it to be taken", address, r.StatusCode, answer)
	}
	return made.ID
}

// tag is the entity tag of an initiative now.
func (b *badScene) tag(ref string) string {
	return b.do("GET", "/api/v1/initiatives/"+ref).Header.Get("ETag")
}

func TestBadInputIsRefusedAndNothingIsWritten(t *testing.T) {
	t.Parallel()
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		b := newBadScene(t, s)
		cases := slices.Concat(badSyntax(), badBytes(), badNames(), badTypes(), badCharacters(), badLengths(), badDates(), badCodes(), badGrounds(), badAddresses(),
			b.badRefs(), b.badEvidence(), b.badHeaders(), b.badTokens(), b.badVersions(), b.badUndos(), b.badRetractions())
		whole, before := b.kept(), b.marked()
		names := map[string]bool{}
		for _, c := range cases {
			if names[c.name] {
				t.Fatalf("two cases are called %q", c.name)
			}
			names[c.name] = true
			t.Run(c.name, func(t *testing.T) {
				defer func() {
					if after := b.marked(); after != before {
						t.Errorf("the record held %+v and holds %+v; nothing may be written", before, after)
						before, b.good = after, append(b.good, "If-Match", b.tag(badTarget)) // so that the next case is judged alone
					}
				}()
				b.refused(t, c)
			})
		}
		if after := b.kept(); after != whole {
			t.Errorf("the record held %+v and holds %+v after all cases", whole, after)
		}
		key := strings.Repeat(session.NewSecret(), 2) + strings.Repeat("\xff", 8000) + session.NewSecret()   // a key may be anything
		made := b.taken(assessing, but("evidence.0.url", `"https://example.org/c"`), "Idempotency-Key", key) // what was spoiled is the reason, not the rest
		if again := b.taken(assessing, but("evidence.0.url", `"https://example.org/c"`), "Idempotency-Key", key); again != made {
			t.Errorf("the same change under the same key made update %d and then %d", made, again)
		}
		t.Logf("%d cases of bad input on %s", len(cases), t.Name())
	})
}

// refused sends a case and checks that the answer is a whole problem document that names the field at fault.
func (b *badScene) refused(t *testing.T, c badCase) {
	t.Helper()
	to := c.to
	if to == "" {
		to = assessing
	}
	r := b.send(to, c.body, append(slices.Clone(b.good), c.header...)...)
	body := read(t, r)
	if r.StatusCode != c.status {
		t.Errorf("status %d, want %d; %.400s", r.StatusCode, c.status, body)
	}
	if got := r.Header.Get("Content-Type"); !strings.HasPrefix(got, "application/problem+json") {
		t.Fatalf("Content-Type %q, want application/problem+json; %.400s", got, body)
	}
	var p struct {
		Type, Title, Detail, Instance string
		Status                        int
		Errors                        *[]struct{ Field, Message string }
	}
	if err := json.Unmarshal([]byte(body), &p); err != nil {
		t.Fatalf("%v: %.400s", err, body)
	}
	path, _, _ := strings.Cut(to, "?")
	path, err := url.PathUnescape(path)
	if err != nil {
		t.Fatal(err)
	}
	path = strings.ToValidUTF8(path, "\ufffd")
	if !strings.HasPrefix(p.Type, "urn:followthrough:problem:") || p.Title == "" || p.Detail == "" || p.Status != r.StatusCode || p.Instance != path || p.Errors == nil {
		t.Fatalf("the problem document is not whole: %.400s", body)
	}
	found := c.field == "" && len(*p.Errors) == 0
	for _, e := range *p.Errors {
		found = found || e.Field == c.field
		if e.Field == "" || e.Message == "" || strings.Contains(e.Message, "<no value>") {
			t.Errorf("a field without a name or a message: %.400s", body)
		}
	}
	if !found || len(body) > 16<<10 {
		t.Errorf("%d bytes name the wrong fields, want %q: %.400s", len(body), c.field, body)
	}
}
