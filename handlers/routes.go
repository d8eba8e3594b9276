package handlers

import (
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

var (
	pageAndData = []represent.Format{represent.HTML, represent.JSON}
	pageAndList = []represent.Format{represent.HTML, represent.JSON, represent.CSV}
	dataList    = []represent.Format{represent.JSON, represent.CSV}
	dataRecord  = []represent.Format{represent.JSON}
)

// Routes returns THE table. Each line is a page under /en and /ja, the same address without the language and with
// .json or .csv, and the same address under /api/v1.
func Routes() []Route {
	return []Route{
		get[overviewInput, models.Record[models.Overview]]("overview", "/overview", "What moved since last time and where the trouble is.", pageAndData, (*Server).overview),
		get[topicsInput, models.List[models.Topic]]("topics", "/topics", "The tree of topics with the tally of each.", pageAndList, (*Server).topics),
		get[topicInput, models.Record[models.TopicRecord]]("topic", "/topics/:ref", "The dashboard of one topic.", pageAndList, (*Server).topic),
		get[initiativesInput, models.List[models.Initiative]]("initiatives", "/initiatives", "The initiatives that match a filter, with facets.", pageAndList, (*Server).initiatives),
		get[recordInput, models.Record[models.InitiativeRecord]]("initiative", "/initiatives/:ref", "Everything on one initiative.", pageAndData, (*Server).initiative),
		get[listInput, models.List[models.Meeting]]("meetings", "/meetings", "The meetings.", dataList, (*Server).meetings),
		get[recordInput, models.Record[models.Meeting]]("meeting", "/meetings/:ref", "One meeting with its publications and attendances.", dataRecord, (*Server).meeting),
		get[timeInput, models.List[models.Country]]("countries", "/countries", "The countries and what each has done.", dataList, (*Server).countries),
		get[recordInput, models.Record[models.Country]]("country", "/countries/:ref", "One country.", dataRecord, (*Server).country),
		get[listInput, models.List[models.Delegate]]("delegates", "/delegates", "The people who represented a country.", dataList, (*Server).delegates),
		get[recordInput, models.Record[models.Delegate]]("delegate", "/delegates/:ref", "One delegate with offices and attendances.", dataRecord, (*Server).delegate),
		get[listInput, models.List[models.Statement]]("statements", "/statements", "The statements in aligned paragraphs.", dataList, (*Server).statements),
		get[recordInput, models.Record[models.Statement]]("statement", "/statements/:ref", "One statement with its commitments.", dataRecord, (*Server).statement),
		get[listInput, models.List[models.Commitment]]("commitments", "/commitments", "The commitments in the words of their statements.", dataList, (*Server).commitments),
		get[recordInput, models.Record[models.Commitment]]("commitment", "/commitments/:ref", "One commitment.", dataRecord, (*Server).commitment),
		get[listInput, models.List[models.Evidence]]("evidence", "/evidence", "The evidence.", dataList, (*Server).evidenceList),
		get[recordInput, models.Record[models.Evidence]]("evidence-record", "/evidence/:ref", "One piece of evidence and what it bears on.", dataRecord, (*Server).evidence),
		get[struct{}, any]("openapi", "/openapi", "This document.", dataRecord, (*Server).openAPI),
		get[recordInput, struct{}]("permanent", "/r/:ref", "The permanent address of an initiative.", pageAndData, (*Server).permanent),
	}
}

type (
	overviewInput struct {
		timeQuery
		scopeQuery
	}
	topicsInput struct {
		timeQuery
		scopeQuery
		tableQuery
	}
	topicInput struct {
		refPath
		timeQuery
		scopeQuery
		tableQuery
	}
	initiativesInput struct {
		timeQuery
		filterQuery
		pageQuery
		tableQuery
	}
	listInput struct {
		timeQuery
		pageQuery
		tableQuery
	}
	recordInput struct {
		refPath
		timeQuery
	}
	timeInput struct {
		timeQuery
		tableQuery
	}
)
