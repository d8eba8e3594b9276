package frontend

import (
	"net/url"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// chartTally has that many initiatives in each status, in the order of the scale.
func chartTally(counts ...int) models.Tally {
	t := models.Tally{}
	for i, n := range counts {
		if n > 0 {
			t.Add(models.Statuses[i], models.Carried, models.ChangeForward, true, n)
		}
	}
	return t
}

// chartSamples are the parts of pages that other sites frame, empty, with every status, and with the longest texts.
func chartSamples(f framer) map[string]templ.Component {
	topic := models.Topic{Slug: "t", Name: long, Summary: chartTally(1, 1, 30, 20, 1, 2, 1, 1)}
	record := models.TopicRecord{Topic: topic, Initiatives: []models.Initiative{sampleInitiative(long, models.Stalled)}}
	matrix := func(columns int) *models.Matrix { return sampleMatrix("meetings", sampleColumns(columns), long) }
	return map[string]templ.Component{
		"topic embed, empty": TopicEmbed(f("/topics/t/embed", nil), models.TopicRecord{Topic: models.Topic{Slug: "t", Name: long}}), "topic embed, many": TopicEmbed(f("/topics/t/embed", nil), record),
		"matrix embed, empty": NewMatrixEmbed(f("/matrix/embed", url.Values{"status": {"stalled"}}), sampleMatrix("meetings", nil, long)), "matrix embed, many": NewMatrixEmbed(f("/matrix/embed", nil), matrix(3)),
	}
}
