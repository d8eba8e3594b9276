package seed

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"math/rand/v2"
	"time"

	"golang.org/x/text/language"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer"
)

// Size says how much made-up data Large makes.
type Size struct {
	Name                                                 string // as a setting names it
	Countries, Delegates, Meetings, Initiatives, Updates int
}

// The two made-up sizes. The small one is the Quad record itself.
var (
	M = Size{"m", 200, 5_000, 2_000, 20_000, 400_000}
	L = Size{"l", 200, 60_000, 24_000, 250_000, 5_000_000}
)

// largeVersion is the version of what Large makes: data made by another one is refused, not mixed.
const largeVersion = 1

const (
	largeForums  = 10
	largeTopics  = 60  // a third of them at the top of the tree
	largeChunk   = 200 // initiatives, meetings or delegates that are written together
	perStatement = 20  // meetings for each one with a statement
)

// Large returns made-up data of a size in bundles to be applied one after the other, the same at every call. Every
// name says that it is a sample, and no country has a code that ISO 3166 assigns, so that nobody takes it for a fact
// and it fits beside any record. Each bundle takes as long as the one before it.
func Large(s Size) iter.Seq[*transfer.Bundle] {
	return func(yield func(*transfer.Bundle) bool) {
		l := large{Size: s, countries: unassigned(s.Countries)}
		parts := []struct {
			name string
			of   int
			make func(b *transfer.Bundle, n int)
		}{
			{"places", 1, func(b *transfer.Bundle, _ int) { l.places(b) }},
			{"meetings", s.Meetings, l.meeting}, {"delegates", s.Delegates, l.delegate}, {"initiatives", s.Initiatives, l.initiative},
			{"statements", s.Meetings / perStatement, l.statement},
		}
		for _, p := range parts {
			for from := 0; from < p.of; from += largeChunk {
				b := &transfer.Bundle{Name: fmt.Sprintf("sample-%s-%s-%05d", s.Name, p.name, from)}
				sum := sha256.Sum256(fmt.Appendf(nil, "%d %s %+v", largeVersion, b.Name, s))
				b.SHA256 = hex.EncodeToString(sum[:])
				for n := from; n < min(from+largeChunk, p.of); n++ {
					p.make(b, n)
				}
				if !yield(b) {
					return
				}
			}
		}
	}
}

// large makes the records of one size; what it makes of a number depends on nothing but the number.
type large struct {
	Size
	countries []string
}

// unassigned returns codes that belong to no country.
func unassigned(n int) []string {
	var codes []string
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z' && len(codes) < n; b++ {
			code := string([]rune{a, b})
			if r, err := language.ParseRegion(code); err != nil || !r.IsCountry() {
				codes = append(codes, code)
			}
		}
	}
	return codes
}

// dice returns the random numbers of one record of a kind.
func (l large) dice(kind, n int) *rand.Rand {
	return rand.New(rand.NewPCG(uint64(kind), uint64(n)))
}

// kinds of record, for dice.
const (
	ofMeeting = iota
	ofDelegate
	ofInitiative
	ofStatement
)

func (l large) country(n int) string { return l.countries[n%len(l.countries)] }

func forumSlug(n int) string { return fmt.Sprintf("sample-forum-%02d", n) }

func topicSlug(n int) string { return fmt.Sprintf("sample-topic-%02d", n) }

// A topic of the lower two thirds stands below one of the upper third.
func (l large) places(b *transfer.Bundle) {
	for _, code := range l.countries {
		b.Countries = append(b.Countries, models.Country{ISO2: code, ISO3: "X" + code, Name: models.Text{EN: "Sample country " + code, JA: "見本国" + code}, Confidence: models.Unsourced})
	}
	for n := range largeForums {
		members := []string{}
		for m := range 20 {
			members = append(members, l.country(n*20+m))
		}
		b.Forums = append(b.Forums, models.Forum{Slug: forumSlug(n), Name: models.Text{EN: fmt.Sprintf("Sample Forum %d", n+1), JA: fmt.Sprintf("見本会議体%d", n+1)}, Position: 1000 + n, Members: members})
	}
	for n := range largeTopics {
		t := models.Topic{Slug: topicSlug(n), Name: phrase(n), Position: 1000 + n, Confidence: models.Unsourced}
		if n >= largeTopics/3 {
			t.Parent = topicSlug(n % (largeTopics / 3))
		}
		b.Topics = append(b.Topics, t)
	}
}

// A forum meets in turn with the others, over 35 years up to the summer of 2026.
func (l large) heldOn(meeting int) models.Date {
	days := 35 * 365 * meeting / l.Meetings
	d := time.Date(1991, 7, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days)
	return models.NewDate(d.Year(), int(d.Month()), d.Day())
}

func meetingRef(n int) string { return fmt.Sprintf("sample-meeting-%05d", n) }

func (l large) meeting(b *transfer.Bundle, n int) {
	m := models.Meeting{Ref: meetingRef(n), Forum: forumSlug(n % largeForums), Number: n/largeForums + 1, Format: "in_person", City: city(n), Country: l.country(n),
		StartsOn: l.heldOn(n), EndsOn: l.heldOn(n), Host: l.country(n), Confidence: models.Unsourced}
	if l.dice(ofMeeting, n).IntN(4) == 0 {
		m.Format, m.City, m.Country = "virtual", models.Text{}, ""
	}
	b.Meetings = append(b.Meetings, m)
}

// A delegate goes to two meetings.
func (l large) delegate(b *transfer.Bundle, n int) {
	dice := l.dice(ofDelegate, n)
	office := models.Office{Title: models.Text{EN: "Sample envoy for " + subjects[dice.IntN(len(subjects))].EN, JA: "見本特使"}, Country: l.country(n), Confidence: models.Unsourced}
	d := models.Delegate{Slug: fmt.Sprintf("sample-delegate-%05d", n), Name: models.Text{EN: fmt.Sprintf("Sample Delegate %d", n), JA: fmt.Sprintf("見本代表%d", n)},
		Country: l.country(n), Confidence: models.Unsourced, Offices: []models.Office{office}}
	first := dice.IntN(l.Meetings)
	for _, m := range []int{first, (first + largeForums) % l.Meetings} {
		d.Attendances = append(d.Attendances, models.Attendance{Meeting: meetingRef(m), Role: models.Member, Office: office.Title})
	}
	b.Delegates = append(b.Delegates, d)
}
