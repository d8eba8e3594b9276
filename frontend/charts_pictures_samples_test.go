package frontend

import (
	"net/url"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// pictureSamples are pictures of each kind: empty, of one, of every status, and with the longest texts.
func pictureSamples(f framer) map[string]templ.Component {
	var topics []models.Topic
	for i, name := range []models.Text{{EN: "Secure software", JA: "安全なソフトウェア"}, long, {EN: "Undersea cables", JA: "海底ケーブル"}, {JA: "日本語のみの分野"}} {
		topics = append(topics, models.Topic{Slug: strings.Repeat("t", i+1), Name: name, Depth: i % 2, Summary: chartTally([]int{1, 0, 3, 120}[i], 1, 2*i, i)})
	}
	var cells []models.Cell
	for i, s := range models.Statuses {
		c := models.Cell{Meeting: "m", City: tokyo, HeldOn: models.NewDate(2015+i, 12, 6), Status: s, Mark: models.Marks[i%len(models.Marks)], Change: models.ChangeBack, Evidence: i}
		if i == 0 {
			c = models.Cell{Meeting: "m", ForumName: long, HeldOn: models.NewDate(2015, 12, 6)}
		}
		cells = append(cells, c)
	}
	country := func(k, n int) models.CountryRecord {
		return models.CountryRecord{Country: models.Country{ISO2: "JP", Name: japan, Action: k, Applicable: n}, ActionWas: k / 2}
	}
	topic := func(counts ...int) models.TopicRecord {
		return models.TopicRecord{Topic: models.Topic{Slug: "t", Name: long, Summary: chartTally(counts...)}}
	}
	initiative := sampleInitiative(long, models.Stalled)
	meeting := sampleMeetingRecord()
	meeting.Summary = chartTally(0, 0, 1)
	return map[string]templ.Component{
		"bar":           OverviewChart(f("/overview/chart", nil), models.Overview{Summary: chartTally(3, 2, 12, 8, 0, 1, 0, 3)}),
		"bar, dark":     OverviewChart(f("/overview/chart", url.Values{"theme": {"dark"}}), models.Overview{Summary: chartTally(3, 2, 12, 8, 0, 1, 0, 3)}),
		"bar, patterns": OverviewChart(f("/overview/chart", url.Values{"grey": {"1"}, "forum": {"f"}, "country": {"JP"}}), models.Overview{Summary: chartTally(5, 4, 5, 4, 5, 4, 5, 4)}),
		"bar, empty":    OverviewChart(f("/overview/chart", nil), models.Overview{}), "bar, narrow": TopicChart(f("/topics/t/chart", nil), topic(1, 1, 1, 1, 1, 1, 1, 993)), "bar, one": TopicChart(f("/topics/t/chart", nil), topic(0, 0, 0, 1)),
		"bar, after": MeetingChart(f("/meetings/qscg-2023-12/chart", nil), meeting),
		"thin":       TopicsChart(f("/topics/chart", nil), topics), "thin, squares": TopicsChart(f("/topics/chart", nil), topics[:3]), "thin, empty": TopicsChart(f("/topics/chart", nil), nil),
		"ribbon": InitiativeChart(f("/initiatives/x/chart", url.Values{"vs": {strings.Repeat("long", 120)}}), models.InitiativeRecord{Initiative: initiative, Ribbon: cells}), "ribbon, empty": InitiativeChart(f("/initiatives/x/chart", nil), models.InitiativeRecord{Initiative: initiative}),
		"dots": CountryChart(f("/countries/JP/chart", nil), country(18, 24)), "dots, tenths": CountryChart(f("/countries/JP/chart", nil), country(499, 500)), "dots, empty": CountryChart(f("/countries/JP/chart", nil), country(0, 0)),
	}
}

// pictures are the sample pictures of a language.
func pictures(t *testing.T, l models.Lang) map[string]templ.Component {
	t.Helper()
	return pictureSamples(func(path string, q url.Values) Frame { return sampleFrame(t, l, path, q) })
}
