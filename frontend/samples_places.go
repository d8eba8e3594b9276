package frontend

import (
	"net/url"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// sampleMeeting is the meeting that Samples.Frame knows, with all that can hang on one.
func sampleMeeting() models.Meeting {
	return models.Meeting{Ref: "qscg-2023-12", Forum: "f", ForumName: sampleForum, Number: 5, InPersonNumber: 3, Format: "in_person", City: tokyo, Country: "JP", StartsOn: models.NewDate(2023, 12, 5), EndsOn: models.NewDate(2023, 12, 6),
		Host: "JP", Note: models.Text{JA: "注"}, Confidence: models.Verified, Sources: []string{"e-1"}, Publications: samplePublications(), Attendances: sampleAttendances()}
}

// bareMeeting is virtual, the first of its forum, and nothing else is known of it.
func bareMeeting() models.Meeting {
	return models.Meeting{Ref: "qsg-2021-03", ForumName: models.Text{EN: "Another forum", JA: "別の会議体"}, Format: "virtual", StartsOn: models.NewDate(2021, 3, 12), EndsOn: models.NewDate(2021, 3, 12), Confidence: models.Verified}
}

func sampleAttendances() []models.Attendance {
	return []models.Attendance{
		{Delegate: "a", Name: models.Text{EN: "Ichikawa Keiichi", JA: "市川恵一"}, Country: "JP", Meeting: "qscg-2023-12", Role: models.Host, Office: models.Text{EN: "Deputy", JA: "副長官補"}},
		{Delegate: "b", Name: models.Text{EN: "A person without Japanese"}, Country: "US", Meeting: "elsewhere", Role: models.Head, Office: long},
		{Delegate: "c", Name: models.Text{JA: "茂木敏充"}, Country: "JP", Meeting: "qscg-2023-12", Role: models.Member},
	}
}

func sampleMeetingRecord() models.MeetingRecord {
	var tally models.Tally
	for _, s := range models.Statuses {
		tally.Add(s, models.Carried, models.ChangeForward, s != models.Dropped, 2)
	}
	before, after := models.MeetingBrief{Ref: "m-1", Forum: sampleForum, StartsOn: models.NewDate(2022, 3, 25), EndsOn: models.NewDate(2022, 3, 25)}, models.MeetingBrief{Ref: "m-3", City: tokyo, StartsOn: models.NewDate(2024, 11, 30), EndsOn: models.NewDate(2024, 12, 1)}
	return models.MeetingRecord{Meeting: sampleMeeting(), Previous: &before, Next: &after, Statements: []models.Reference{{Ref: "s", Title: long}}, Commitments: sampleCommitments(), Summary: tally,
		TakenUp: []models.Initiative{sampleInitiative(long, models.UnderWay), sampleInitiative(models.Text{EN: "English alone"}, models.Stalled)}, Contradictions: sampleStatement().Contradictions}
}

func sampleCountryRecord() models.CountryRecord {
	one, other := sampleInitiative(long, models.Delivered), sampleInitiative(models.Text{JA: "日本語のみ"}, models.Stalled)
	one.Parts[0].Note, one.Parts[0].Was, one.Parts[0].Superseded = long, models.Announced, true
	return models.CountryRecord{Country: models.Country{ISO2: "JP", ISO3: "JPN", Name: japan, Confidence: models.Verified, Sources: []string{"e-1", "e-2"}, Applicable: 2, Action: 1}, ActionWas: 0,
		Initiatives: []models.Initiative{one, other}, OnlyLacking: []string{other.Ref}, Alone: []string{one.Ref}, Topics: []models.Reference{{Ref: "t", Title: long}}, Delegates: sampleAttendances(),
		Statements: []models.Reference{{Ref: "s", Title: models.Text{EN: "Statement"}}}, SourceLangs: map[models.Lang]int{models.English: 1}, Contradictions: sampleStatement().Contradictions,
		Latest: []models.Update{{ID: 7, Initiative: one.Ref, Country: "JP", SourceRef: "x", EffectiveOn: models.NewDate(2024, 1, 2), Grade: models.MemberStatement, Note: long}, {ID: 8, Initiative: one.Ref, Country: "US", SourceRef: "x", EffectiveOn: models.NewDate(2024, 1, 2), Grade: models.Searched, Note: long}}}
}

// placeSamples are meetings, countries and delegates.
func placeSamples(f framer) map[string]templ.Component {
	filtered := sampleCountryRecord()
	filtered.Initiatives, filtered.OnlyLacking, filtered.Alone = nil, nil, nil
	uncompared := f("/countries/JP", nil)
	uncompared.At.VS, uncompared.At.VSMeeting = models.Date{}, ""
	dated := f("/countries/JP", url.Values{"vs": {"2022-01-01"}})
	dated.At.VS, dated.At.VSMeeting = models.NewDate(2022, 1, 1), ""
	return map[string]templ.Component{
		"meetings, empty":              NewMeetings(f("/meetings", nil), listOf[models.Meeting]()),
		"meetings, two forums":         NewMeetings(f("/meetings", nil), listOf(bareMeeting(), sampleMeeting())),
		"meeting, full":                Meeting(f("/meetings/qscg-2023-12", nil), sampleMeetingRecord()),
		"meeting, bare and virtual":    Meeting(f("/meetings/qsg-2021-03", nil), models.MeetingRecord{Meeting: bareMeeting()}),
		"countries, empty":             Countries(f("/countries", nil), nil),
		"countries, many":              Countries(f("/countries", nil), []models.Country{sampleCountryRecord().Country, {ISO2: "US", ISO3: "USA", Name: long, Action: 7, Applicable: 29}}),
		"country, full":                NewCountry(f("/countries/JP", nil), sampleCountryRecord()),
		"country, filtered to nothing": NewCountry(f("/countries/JP", url.Values{"topic": {"t"}, "part": {"dropped"}}), filtered),
		"country, compared with a day": NewCountry(dated, sampleCountryRecord()),
		"country, not compared":        NewCountry(uncompared, models.CountryRecord{Country: models.Country{ISO2: "JP", ISO3: "JPN", Name: long}}),
	}
}

func sampleDelegate() models.Delegate {
	return models.Delegate{Slug: "a", Name: models.Text{EN: "Ichikawa Keiichi", JA: "市川恵一"}, Variants: []string{"Keiichi ICHIKAWA", "市川 恵一"}, Country: "JP", Notes: []models.Text{{EN: "A note."}, long}, Confidence: models.Verified, Sources: []string{"e-1"},
		Offices: []models.Office{
			{Title: long, Country: "JP", From: models.NewDate(2022, 1, 1), Until: models.NewDate(2024, 1, 1), UntilKnown: true, Confidence: models.Verified, Sources: []string{"e-1"}},
			{Title: models.Text{JA: "局長"}, Country: "JP", Confidence: models.FromStatement},
		}, Attendances: sampleAttendances()}
}

// delegateSamples are the list of delegates and one of them.
func delegateSamples(f framer) map[string]templ.Component {
	who := sampleAttendances()
	many := listOf(sampleDelegate(), models.Delegate{Slug: "c", Name: models.Text{JA: "茂木敏充"}, Country: "JP"})
	many.Facets = map[string][]models.Facet{"country": {{Value: "JP", Label: japan, Count: 2}, {Value: "US", Label: long}}}
	full := models.DelegateRecord{Delegate: sampleDelegate(), Since: models.NewDate(2023, 12, 6), Initiatives: []models.Initiative{sampleInitiative(long, models.UnderWay)}, Contradictions: sampleStatement().Contradictions,
		Seats: []models.Seat{{Forum: "f", ForumName: sampleForum, Before: &who[1]}, {Forum: "g", ForumName: long, After: &who[2]}}}
	bare := models.DelegateRecord{Delegate: models.Delegate{Slug: "c", Name: models.Text{JA: "茂木敏充"}, Country: "JP", Confidence: models.Verified}}
	return map[string]templ.Component{
		"delegates, none":          NewDelegates(f("/delegates", url.Values{"q": {"<b>"}, "country": {"FR"}}), listOf[models.Delegate]()),
		"delegates, many":          NewDelegates(f("/delegates", url.Values{"country": {"JP"}, "meeting": {"qscg-2023-12"}}), many),
		"delegate, full":           Delegate(f("/delegates/a", nil), full),
		"delegate, bare, Japanese": Delegate(f("/delegates/c", nil), bare),
	}
}
