package handlers

import "github.com/followthrough/followthrough/models"

// The tags of a field are its documentation: query or path is its name; description, enum, minimum, maximum, default
// and maxLength stand in the OpenAPI document and on the API page; scale names the list of the method that its codes
// come from.

// momentQuery is the moment a view speaks of.
type momentQuery struct {
	AsOf    string `query:"as_of" description:"Show what was true at the end of this day: a civil date, or the ref of a meeting, which stands for its last day. The present when left out." example:"qscg-2023-12"`
	KnownAt string `query:"known_at" description:"Show only what had been recorded by this instant: RFC 3339, or a civil date, which stands for its end in UTC. Everything recorded when left out." example:"2026-11-23T12:00:00Z"`
}

// timeQuery is the time a view speaks of, on every reading route.
type timeQuery struct {
	momentQuery
	Text string `query:"text" description:"On pages: show the words of statements in one language or in both. Data always hold both." enum:"en,ja,both"`
	VS   string `query:"vs" description:"Compare with this day: a civil date, the ref of a meeting, or none. The last meeting of the record's own forum before as_of when left out."`
}

func (q timeQuery) when() models.When {
	return models.When{AsOf: q.AsOf, VS: q.VS, KnownAt: q.KnownAt}
}

// tableQuery is how a table is written.
type tableQuery struct {
	Excel string `query:"excel" description:"1 puts a byte-order mark before a CSV, so that Excel takes it for UTF-8." enum:"1"`
}

// pageQuery is one page of a list.
type pageQuery struct {
	Limit int    `query:"limit" description:"Rows on a page, 1 to 200." minimum:"1" maximum:"200" default:"50"`
	After string `query:"after" description:"Opaque token: the next of an earlier page."`
}

// allQuery asks for a whole list in one file.
type allQuery struct {
	All string `query:"all" description:"1 gives every row in one CSV, which is sent while it is read; without limit and after." enum:"1"`
}

func (q pageQuery) page() (models.Page, error) {
	if q.Limit > models.MaxLimit {
		return models.Page{}, models.Invalid(models.Field("limit", "error.max", "max", models.MaxLimit))
	}
	if q.Limit == 0 {
		q.Limit = models.DefaultLimit
	}
	return models.Page{Limit: q.Limit, After: q.After}, nil
}

// scopeQuery narrows dashboards: values of one parameter are alternatives, parameters must all agree.
type scopeQuery struct {
	Country  []string `query:"country" description:"ISO 3166 alpha-2; the country has a part that is not not_applicable."`
	Delegate []string `query:"delegate" description:"Slug; a commitment stands in a statement of a meeting that the person attended."`
	Forum    []string `query:"forum" description:"Slug; taken up at a meeting of the forum."`
}

// filterQuery narrows lists of initiatives and orders them.
type filterQuery struct {
	narrowQuery
	Sort string `query:"sort" description:"Order." enum:"attention,recent,status,topic,ref" default:"attention"`
}

// narrowQuery narrows lists to initiatives.
type narrowQuery struct {
	scopeQuery
	Topic   []string `query:"topic" description:"Slug; includes the topics below it."`
	Status  []string `query:"status" description:"Code of the delivery scale." scale:"status"`
	Meeting []string `query:"meeting" description:"Ref of the meeting where it was first promised."`
	Mark    []string `query:"mark" description:"Review mark: changed, confirmed, carried, imported." scale:"mark"`
	Grade   []string `query:"grade" description:"Grade of the evidence: E0, E1, E2, E3." scale:"grade"`
	Change  []string `query:"change" description:"Since the time compared with: new, forward, back, other, none." scale:"change"`
	Words   string   `query:"q" description:"Words that all stand in the texts of the initiative, as the search finds them." maxLength:"500"`
}

// kindQuery narrows what was recorded.
type kindQuery struct {
	Kind []string `query:"kind" description:"Kind of entry: status, part, correction, search_note, context, statement."`
}

// meetingQuery narrows lists of meetings: values of one parameter are alternatives, parameters must all agree.
type meetingQuery struct {
	Country []string `query:"country" description:"ISO 3166 alpha-2; the country attended or is a member of the forum."`
	Forum   []string `query:"forum" description:"Slug."`
	Topic   []string `query:"topic" description:"Slug; something of the topic, or of one below it, was taken up or promised there."`
}

func (q meetingQuery) filter() models.MeetingFilter {
	return models.MeetingFilter{Countries: q.Country, Forums: q.Forum, Topics: q.Topic}
}

// refPath is a record by its reference.
type refPath struct {
	Ref string `path:"ref" description:"Reference of the record."`
}

func (q scopeQuery) filter() models.InitiativeFilter {
	return models.InitiativeFilter{Countries: q.Country, Delegates: q.Delegate, Forums: q.Forum}
}

func (q filterQuery) filter(p pageQuery) (models.InitiativeFilter, error) {
	page, err := p.page()
	if err != nil {
		return models.InitiativeFilter{}, err
	}
	f := q.narrow()
	f.Limit, f.After = page.Limit, page.After
	f.Sort = models.Sort(q.Sort)
	if f.Sort == "" {
		f.Sort = models.SortAttention
	}
	return f, nil
}

func (q narrowQuery) narrow() models.InitiativeFilter {
	f := q.scopeQuery.filter()
	f.Topics, f.Meetings, f.Words = q.Topic, q.Meeting, q.Words
	f.Statuses, f.Marks, f.Grades, f.Changes = codes[models.Status](q.Status), codes[models.Mark](q.Mark), codes[models.Grade](q.Grade), codes[models.Change](q.Change)
	return f
}

func codes[T ~string](values []string) []T {
	out := make([]T, len(values))
	for i, v := range values {
		out[i] = T(v)
	}
	return out
}
