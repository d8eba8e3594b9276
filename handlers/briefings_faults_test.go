package handlers_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// faultsIn lists the fields that a problem document names, in order.
func faultsIn(t *testing.T, body string) []string {
	t.Helper()
	var p handlers.Problem
	if err := json.Unmarshal([]byte(body), &p); err != nil {
		t.Fatalf("%v: %.200s", err, body)
	}
	var all []string
	for _, f := range p.Errors {
		all = append(all, f.Field)
	}
	slices.Sort(all)
	return all
}

// TestEveryFaultIsNamed asks for data with faults that different parts of the program find.
func TestEveryFaultIsNamed(t *testing.T) {
	t.Parallel()
	w := quadSite(t)
	for address, want := range map[string]string{
		"/briefings/new.json?for=nowhere&as_of=nope&title=" + strings.Repeat("x", 400): "as_of for title",
		"/en/overview/chart.svg?as_of=x&vs=y&grey=2":                                   "as_of grey vs",
		"/initiatives.json?as_of=x&known_at=y&status=fine&topic=none&odd=1&limit=0":    "as_of known_at limit odd status topic",
		"/initiatives.csv?topic=none&topic=nothing":                                    "topic topic",
		"/initiatives/NOT-THERE.json?as_of=x&odd=1":                                    "as_of odd",
		"/initiatives.json?q=%&as_of=x":                                                "as_of query",
		"/initiatives.json?" + strings.Repeat("topic=x&", 101):                         "query",
	} {
		r := w.do("GET", address)
		if got := strings.Join(faultsIn(t, read(t, r)), " "); got != want || r.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d names %s; want %s", address, r.StatusCode, got, want)
		}
	}
}

// freezes sends what is to be frozen as an analyst.
func freezes(t *testing.T, w site, s *store.Store) func(body string) *httptest.ResponseRecorder {
	t.Helper()
	key := token(t, s, person(t, s, "freezer", models.Analyst), models.ScopeWrite)
	return func(body string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("POST", "/api/v1/briefings", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+key)
		answer := httptest.NewRecorder()
		w.h.ServeHTTP(answer, r)
		return answer
	}
}

// TestWhatCannotBeFrozenIsNamedWhole is wrong in all that a briefing can be wrong in.
func TestWhatCannotBeFrozenIsNamedWhole(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	w := newSite(t, s)
	send := freezes(t, w, s)
	for body, want := range map[string]string{
		`{"as_of":"nope","vs":"never","known_at":"once","for":"nowhere","title":"` + strings.Repeat("x", 400) + `","by_country":["XX"],"topic":["none"],"delegate":["nobody"]}`: "as_of by_country delegate for known_at title topic vs",
		`{"as_of":"nope","topic":["none"]}`:                    "as_of for topic",
		`{"for":"qscg","as_of":"2026-11-24","topic":["none"]}`: "as_of topic",
	} {
		answer := send(body)
		if got := strings.Join(faultsIn(t, answer.Body.String()), " "); got != want || answer.Code != http.StatusUnprocessableEntity {
			t.Errorf("%.60s: %d names %s; want %s", body, answer.Code, got, want)
		}
	}
}

// TestBriefingOfTheFutureIsNotFrozen tries days and meetings around today, which is 2026-11-23.
func TestBriefingOfTheFutureIsNotFrozen(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	w := newSite(t, s)
	send := freezes(t, w, s)
	day := models.NewDate(2027, 3, 1)
	m := models.Meeting{Ref: "qscg-2027-03", Forum: "qscg", Format: "virtual", StartsOn: day, EndsOn: day, Confidence: models.Verified}
	if err := s.Write(t.Context(), models.Program, store.Change{Action: "import", Object: "meeting:qscg-2027-03", Needs: models.PermitImport}, func(tx *store.Tx) error { return tx.AddMeeting(m) }); err != nil {
		t.Fatal(err)
	}
	for asOf, want := range map[string]int{"2026-11-24": 422, "2027": 422, "qscg-2027-03": 422, "2026-11-23": 201, "qscg-2023-12": 201, "": 201} {
		answer := send(`{"for":"qscg","as_of":"` + asOf + `"}`)
		if answer.Code != want {
			t.Errorf("as of %q: %d; want %d", asOf, answer.Code, want)
		}
		if want == 422 && (!slices.Equal(faultsIn(t, answer.Body.String()), []string{"as_of"}) || !strings.Contains(answer.Body.String(), "later than today")) {
			t.Errorf("as of %q: %s", asOf, answer.Body)
		}
	}
	if r := w.do("GET", "/briefings/new.json?as_of=2027-01-01"); r.StatusCode != http.StatusOK {
		t.Errorf("composing for the future: %d", r.StatusCode)
	}
}

// TestFrozenChoicesAreTidied sends lists with holes and repetitions, as JSON and in the address.
func TestFrozenChoicesAreTidied(t *testing.T) {
	t.Parallel()
	s := storetest.Quad(t, store.SQLite)
	w := newSite(t, s)
	var frozen models.FrozenBriefing
	answer := freezes(t, w, s)(`{"for":"qscg","include":[""],"topic":["supply-chain","","supply-chain"],"by_country":["JP","JP"],"status":["stalled","stalled"]}`)
	if err := json.Unmarshal(answer.Body.Bytes(), &frozen); err != nil || answer.Code != http.StatusCreated {
		t.Fatalf("%d %v: %s", answer.Code, err, answer.Body)
	}
	var composed models.Record[models.Briefing]
	if err := json.Unmarshal([]byte(w.get("/briefings/new.json?include=&topic=supply-chain&topic=&topic=supply-chain&by_country=JP&by_country=JP&status=stalled&status=stalled")), &composed); err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]models.BriefingOptions{"frozen": frozen.Options, "composed": composed.Item.Options} {
		if !slices.Equal(o.Include, models.BriefingDefault) || !slices.Equal(o.Topic, []string{"supply-chain"}) || !slices.Equal(o.ByCountry, []string{"JP"}) || len(o.Status) != 1 {
			t.Errorf("%s: %+v; want every choice once", name, o)
		}
	}
}
