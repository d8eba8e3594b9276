package main

import (
	"encoding/json"
	"fmt"
	"net/url"
)

// request is one request of a piece of work.
type request struct {
	path, body string // a body is posted
}

// work is asked of both sides; the n-th time of other records, so that neither answers from what it kept.
type work struct {
	name          string
	goal          float64 // of the ratio of requests per second
	product, peer func(n int) []request
	cached        bool // the product may answer from its cache
	connections   int  // when not all of them
}

const (
	initiatives = 20_000
	roots       = 20 // topics at the top
	forums      = 10
)

var (
	statuses  = []string{"under_way", "delivered", "announced", "partly_delivered", "stalled", "no_public_action"}
	countries = []string{"AA", "AB", "AH", "BC", "DF", "DR", "JN", "OW"}
	english   = []string{"harbours", "satellites", "ledgers", "vaccines", "wetlands", "reactors", "shelters", "visas"}
	japanese  = []string{"港湾", "衛星", "台帳", "送電網", "湿地", "原子炉", "避難所", "査証"}
)

const (
	listFields   = "id,ref,title_en,title_ja,topic,status,at,mark,grade,lead,due_on,kind"
	ribbonFields = "id,ref,title_en,title_ja,topic,status,at,mark,grade,cells"
)

func pick(from []string, n int) string { return from[n%len(from)] }

func root(n int) string { return fmt.Sprintf("sample-topic-%02d", n%roots) }

// records is the address of rows of PocketBase that match a filter, without counting the others.
func records(collection, filter, sort, fields string, most int) string {
	q := url.Values{"filter": {filter}, "sort": {sort}, "fields": {fields}, "perPage": {fmt.Sprint(most)}, "skipTotal": {"1"}}
	return "/api/collections/" + collection + "/records?" + q.Encode()
}

// counted is the address of whole rows with the number of all that match, and what stands beside each row.
func counted(collection, filter, sort, expand string, most int) string {
	q := url.Values{"filter": {filter}, "sort": {sort}, "expand": {expand}, "perPage": {fmt.Sprint(most)}}
	return "/api/collections/" + collection + "/records?" + q.Encode()
}

func get(paths ...string) []request {
	all := make([]request, len(paths))
	for i, p := range paths {
		all[i].path = p
	}
	return all
}

// dashboard is a topic with its tally, its initiatives over the meetings, its commitments and its latest judgements.
func dashboard(n int) []request {
	of := fmt.Sprintf("root='%s'", root(n))
	return get(records("tallies", of, "", "status,n", 20), records("ribbons", of, "-at", ribbonFields, 60),
		records("commitments", of, "-made_on", "code,initiative,words_en,words_ja,made_on", 40), records("updates", of, "-at", "id,initiative,country,status,at,meeting,mark,grade,note_en,note_ja", 12))
}

// wholeDashboard has every field, the parts of each initiative, and each cell with all that the product says of it.
func wholeDashboard(n int) []request {
	of := fmt.Sprintf("root='%s'", root(n))
	return get(records("tallies", of, "", "", 20), counted("initiatives", of, "-at", "parts_via_initiative", 60), records("whole_ribbons", of, "-at", "id,cells", 60),
		records("commitments", of, "-made_on", "", 40), records("updates", of, "-at", "", 12))
}

// wholeMatrix has the tally of each column, too.
func wholeMatrix(n int) []request {
	forum := fmt.Sprintf("forum='sample-forum-%02d'", n%forums)
	return get(counted("whole_ribbons", forum, "topic,ref", "", 50), records("meetings", forum, "-held_on", "", 24), records("columns", forum+"&&held_on>='2022-04-01'", "", "meeting,status,n", 200))
}

// wholeList has the total, the parts of each initiative, and three of the nine facets: status, topic and country.
func wholeList(n int) []request {
	topic, country, status := fmt.Sprintf("root='%s'", root(n)), fmt.Sprintf("country='%s'", pick(countries, n/roots)), fmt.Sprintf("status='%s'", pick(statuses, n))
	return get(counted("parts", country+"&&"+topic+"&&"+status, "-at", "initiative.parts_via_initiative", 50), records("facets", country+"&&"+topic, "", "status,n", 20),
		records("facets", country+"&&"+status, "", "root,n", 200), records("facets", topic+"&&"+status, "", "country,n", 200))
}

// wholeListOf50 is the same without a country.
func wholeListOf50(n int) []request {
	topic, status := fmt.Sprintf("root='%s'", root(n)), fmt.Sprintf("status='%s'", pick(statuses, n/roots))
	return get(counted("initiatives", topic+"&&"+status, "-at", "parts_via_initiative", 50), records("tallies", topic, "", "status,n", 20),
		records("tallies", status, "", "root,n", 200), records("facets", topic+"&&"+status, "", "country,n", 200))
}

func searched(words []string) (product, peer func(n int) []request) {
	return func(n int) []request { return get("/search.json?limit=50&q=" + url.QueryEscape(pick(words, n))) }, func(n int) []request {
		w := pick(words, n)
		return get(records("texts", fmt.Sprintf("en~'%s'||ja~'%s'", w, w), "-at", "kind,ref,en,ja,at", 50))
	}
}

// countedSearch says how many records there are, as the product does up to 1,000.
func countedSearch(words []string) func(n int) []request {
	return func(n int) []request {
		w := pick(words, n)
		return get(counted("texts", fmt.Sprintf("en~'%s'||ja~'%s'", w, w), "-at", "", 50))
	}
}

// posted is an update with one piece of evidence that is in the record already.
func posted() (product, peer func(n int) []request) {
	one := func(path string, body any) []request {
		text, err := json.Marshal(body)
		if err != nil {
			panic(err) // it is made of texts alone
		}
		return []request{{path, string(text)}}
	}
	type fields = map[string]any
	note := "An envoy reported what was done since the last meeting."
	return func(n int) []request {
			n = n * 7 % initiatives
			return one(fmt.Sprintf("/api/v1/initiatives/SAMPLE-%06d/updates", n), fields{"status": "under_way", "effective_on": "2026-11-01", "reason": "event", "note": fields{"en": note},
				"evidence": []fields{{"ref": fmt.Sprintf("sample-%06d-0", n), "grade": "E2", "stance": "supports"}}})
		}, func(n int) []request {
			n = n * 7 % initiatives
			return one("/api/collections/updates/records", fields{"initiative": fmt.Sprintf("%015d", n+1), "evidence": []string{fmt.Sprintf("%015d", 3*n+1)}, "status": "under_way", "at": "2026-11-01", "reason": "event",
				"note_en": note, "mark": "confirmed", "grade": "E2", "root": root(n)})
		}
}

func allWork() []work {
	searchEN, peerEN := searched(english)
	searchJA, peerJA := searched(japanese)
	post, peerPost := posted()
	topic := func(n int) []request { return get("/topics/" + root(n) + ".json") }
	list := func(n int) []request {
		return get(fmt.Sprintf("/initiatives.json?topic=%s&country=%s&status=%s&sort=recent&limit=50", root(n), pick(countries, n/roots), pick(statuses, n)))
	}
	listOf50 := func(n int) []request {
		return get(fmt.Sprintf("/initiatives.json?topic=%s&status=%s&sort=recent&limit=50", root(n), pick(statuses, n/roots)))
	}
	matrix := func(n int) []request {
		return get(fmt.Sprintf("/matrix.json?limit=50&forum=sample-forum-%02d", n%forums))
	}
	return []work{
		{"list", 8, list, func(n int) []request {
			return get(records("parts", fmt.Sprintf("country='%s'&&root='%s'&&status='%s'", pick(countries, n/roots), root(n), pick(statuses, n)), "-at", listFields, 50))
		}, false, 0},
		{"list, whole", 8, list, wholeList, false, 0},
		{"list of 50", 8, listOf50, func(n int) []request {
			return get(records("initiatives", fmt.Sprintf("root='%s'&&status='%s'", root(n), pick(statuses, n/roots)), "-at", listFields, 50))
		}, false, 0},
		{"list of 50, whole", 8, listOf50, wholeListOf50, false, 0},
		{"dashboard", 20, topic, dashboard, false, 0},
		{"dashboard, whole", 20, topic, wholeDashboard, false, 0},
		{"dashboard unchanged", 100, topic, dashboard, true, 0},
		{"dashboard unchanged, whole", 100, topic, wholeDashboard, true, 0},
		{"matrix", 40, matrix, func(n int) []request {
			forum := fmt.Sprintf("forum='sample-forum-%02d'", n%forums)
			return get(records("ribbons", forum, "topic,ref", ribbonFields, 50), records("meetings", forum, "-held_on", "ref,city_en,city_ja,held_on", 24))
		}, false, 0},
		{"matrix, whole", 40, matrix, wholeMatrix, false, 0},
		{"detail", 7, func(n int) []request { return get(fmt.Sprintf("/initiatives/SAMPLE-%06d.json", n*37%initiatives)) }, func(n int) []request {
			q := url.Values{"expand": {"updates_via_initiative.evidence,parts_via_initiative,commitments_via_initiative"}}
			return get(fmt.Sprintf("/api/collections/initiatives/records/%015d?%s", n*37%initiatives+1, q.Encode()))
		}, false, 0},
		{"search, English", 20, searchEN, peerEN, false, 0},
		{"search, Japanese", 20, searchJA, peerJA, false, 0},
		{"search, English, counted", 20, searchEN, countedSearch(english), false, 2},
		{"search, Japanese, counted", 20, searchJA, countedSearch(japanese), false, 2},
		{"search, one title", 20, func(n int) []request { return get(fmt.Sprintf("/search.json?limit=50&q=%d", 10000+n*37%9999)) }, func(n int) []request {
			w := 10000 + n*37%9999
			return get(records("texts", fmt.Sprintf("en~'%d'||ja~'%d'", w, w), "-at", "kind,ref,en,ja,at", 50))
		}, false, 2},
		{"post an update", 3.5, post, peerPost, false, 0},
	}
}
