package frontend

import (
	"maps"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend/locale"
	"github.com/followthrough/followthrough/models"
)

// Samples are the pages and their components in the states that a reader can meet: empty, one, many, longest, one language
// alone, error. They need no database. The tests of the pages and the gallery render the same ones; they stand in this
// package because most components do.
type Samples struct {
	Words locale.Catalogue
	Asset func(name string) string
}

// framer makes the frame of a page from its path and query.
type framer func(path string, q url.Values) Frame

var long = models.Text{EN: strings.Repeat("An-initiative-with-a-very-long-title ", 8), JA: strings.Repeat("とても長い題名の取組", 20)}

// Frame is the frame of a page in a language, at the present and compared with one meeting.
func (s Samples) Frame(l models.Lang, path string, q url.Values) Frame {
	at := models.At{Today: models.NewDate(2026, 11, 23), VS: models.NewDate(2023, 12, 6), VSMeeting: "qscg-2023-12", Forum: sampleForum,
		Meetings: []models.MeetingBrief{{Ref: "qscg-2023-12", Forum: sampleForum, City: tokyo, StartsOn: models.NewDate(2023, 12, 5), EndsOn: models.NewDate(2023, 12, 6)}}}
	return Frame{Printer: s.Words[l], Path: path, Query: q, At: &at, Formats: []string{"json", "csv"}, Version: "test", Data: 1, Asset: s.Asset, Origin: "http://localhost"}
}

// Pages are the sample pages in a language by their names: the page, and after a comma its state.
func (s Samples) Pages(l models.Lang) map[string]templ.Component {
	f := func(path string, q url.Values) Frame { return s.Frame(l, path, q) }
	all := map[string]templ.Component{"method": Method(about(f("/method", nil)), sampleMethod(s.Words))}
	for _, more := range []func(framer) map[string]templ.Component{
		activitySamples, overviewSamples, topicSamples, initiativeSamples, helpSamples,
		accountSamples, updateSamples, roundSamples, editSamples, importSamples, matrixSamples, statementSamples, compareSamples, placeSamples, delegateSamples, sourceSamples, searchSamples, chartSamples, briefingSamples,
	} {
		maps.Copy(all, more(f))
	}
	return all
}

// about is the frame of a page that speaks of no time.
func about(f Frame) Frame {
	f.At = nil
	return f
}

func sampleInitiative(title models.Text, s models.Status) models.Initiative {
	return models.Initiative{Ref: "QSCG-SAMPLE-" + string(s), Title: title, Kind: "commitment", Topic: "t", TopicName: models.Text{EN: "Topic", JA: "分野"}, FirstMeeting: "qscg-2023-12", Status: s, Since: models.NewDate(2024, 1, 2),
		Mark: models.Carried, Grade: models.MemberStatement, Was: models.Announced, Change: models.Compare(models.Announced, s), Schedule: models.Undated, Confidence: models.Verified,
		Trackable: true, Provenance: "imported", Parts: []models.Part{{Country: "JP", CountryName: japan, Role: "lead", Status: s}, {Country: "US", Role: "not_applicable", Status: models.NotAssessed}}}
}

// sampleInitiatives has one initiative of each status.
func sampleInitiatives() []models.Initiative {
	var all []models.Initiative
	for _, s := range models.Statuses {
		all = append(all, sampleInitiative(models.Text{EN: "One", JA: "一"}, s))
	}
	return all
}

// sampleTally counts three of each status; those that were dropped were never meant to be tracked.
func sampleTally() models.Tally {
	tally := models.Tally{}
	for _, s := range models.Statuses {
		tally.Add(s, models.Carried, models.ChangeForward, s != models.Dropped, 3)
	}
	return tally
}

// longest is one initiative with the longest title, englishAlone one without Japanese words.
func longest() models.Initiative { return sampleInitiative(long, models.Stalled) }

func englishAlone() models.Initiative {
	return sampleInitiative(models.Text{EN: "English alone"}, models.UnderWay)
}

// listOf is a list of these items; one of more than one item has a next page.
func listOf[T any](items ...T) *models.List[T] {
	list := &models.List[T]{Items: items, Total: len(items)}
	if len(items) > 1 {
		next := "token"
		list.Next, list.Total = &next, len(items)+1
	}
	return list
}

// sampleFacets narrow a list by topics of two levels, a country, and a delegate without an English name.
func sampleFacets() map[string][]models.Facet {
	return map[string][]models.Facet{
		"topic": {{Value: "t", Label: long, Count: 2}, {Value: "u", Label: models.Text{EN: "U", JA: "ユ"}, Depth: 1}}, "country": {{Value: "JP", Label: japan, Count: 1}},
		"delegate": {{Value: "d", Label: models.Text{JA: "茂木敏充"}, Count: 1}},
	}
}
