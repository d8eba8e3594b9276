package handlers

import (
	"slices"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models"
)

var (
	pageAndData = []represent.Format{represent.HTML, represent.JSON}
	pageAndList = []represent.Format{represent.HTML, represent.JSON, represent.CSV, represent.XLSX}
	packaged    = []represent.Format{represent.JSON, represent.ZIP}
	dataRecord  = []represent.Format{represent.JSON}
	pageAlone   = []represent.Format{represent.HTML}

	statementFormats = []represent.Format{represent.HTML, represent.JSON, represent.TXT}
)

// Routes returns THE table. Each line is a page under /en and /ja, the same address without the language and with
// the suffix of a data format, and the same address under /api/v1.
func Routes() []Route {
	return []Route{
		get[overviewInput, models.Record[models.Overview]]("overview", "/overview", "What moved since last time and where the trouble is.", pageAndData, (*Server).overview),
		get[topicsInput, models.List[models.Topic]]("topics", "/topics", "The tree of topics with the tally of each.", pageAndList, (*Server).topics),
		get[topicInput, models.Record[models.TopicRecord]]("topic", "/topics/:ref", "The dashboard of one topic.", with(pageAndList, represent.Atom, represent.ICS), (*Server).topic),
		get[initiativesInput, models.List[models.Initiative]]("initiatives", "/initiatives", "The initiatives that match a filter, with facets.", with(pageAndList, represent.Atom), (*Server).initiatives),
		get[recordInput, models.Record[models.InitiativeRecord]]("initiative", "/initiatives/:ref", "Everything on one initiative.", with(pageAndData, represent.Atom), (*Server).initiative),
		get[matrixInput, models.Matrix]("matrix", "/matrix", "Initiatives over meetings or countries, by topic.", pageAndList, (*Server).matrix),
		get[meetingsInput, models.List[models.Meeting]]("meetings", "/meetings", "The meetings that match a filter.", with(pageAndList, represent.ICS), (*Server).meetings),
		get[recordInput, models.Record[models.MeetingRecord]]("meeting", "/meetings/:ref", "One meeting with its publications, delegations, commitments and the state of the record after it.", with(pageAndData, represent.ICS), (*Server).meeting),
		get[timeInput, models.List[models.Country]]("countries", "/countries", "The countries and what each has done.", pageAndList, (*Server).countries),
		get[countryInput, models.Record[models.CountryRecord]]("country", "/countries/:ref", "One country with its parts.", with(pageAndList, represent.Atom, represent.ICS), (*Server).country),
		get[delegatesInput, models.List[models.Delegate]]("delegates", "/delegates", "The people who represented a country.", pageAndList, (*Server).delegates),
		get[recordInput, models.Record[models.DelegateRecord]]("delegate", "/delegates/:ref", "One delegate with offices, attendances and succession in the seat.", pageAndData, (*Server).delegate),
		get[listInput, models.List[models.Statement]]("statements", "/statements", "The statements in aligned paragraphs.", pageAndList, (*Server).statements),
		get[statementInput, models.Record[models.StatementRecord]]("statement", "/statements/:ref", "One statement with its commitments and what is noted on its words.", statementFormats, (*Server).statement),
		get[listInput, models.List[models.Commitment]]("commitments", "/commitments", "The commitments in the words of their statements.", pageAndList, (*Server).commitments),
		get[recordInput, models.Record[models.Commitment]]("commitment", "/commitments/:ref", "One commitment.", pageAndData, (*Server).commitment),
		get[listInput, models.List[models.Evidence]]("evidence", "/evidence", "The evidence.", pageAndList, (*Server).evidenceList),
		get[recordInput, models.Record[models.EvidenceRecord]]("evidence-record", "/evidence/:ref", "One piece of evidence and what it bears on.", pageAndData, (*Server).evidence),
		get[listInput, models.List[models.SearchNote]]("search-notes", "/search-notes", "What was looked for and not found.", pageAndList, (*Server).searchNotes),
		get[recordInput, models.Record[models.SearchNote]]("search-note", "/search-notes/:ref", "One search note.", pageAndData, (*Server).searchNote),
		get[searchInput, models.List[models.Hit]]("search", "/search", "The records in whose texts all words stand.", pageAndList, (*Server).search),
		get[packageInput, represent.Package]("datapackage", "/forums/:ref/datapackage", "Every table of a forum in one file, as a Frictionless data package; JSON is its description alone.", packaged, (*Server).dataPackage),
		get[activityInput, models.List[models.Event]]("activity", "/activity", "What was recorded, newest first.", with(pageAndList, represent.Atom), (*Server).activity),
		get[struct{}, any]("openapi", "/openapi", "This document.", dataRecord, (*Server).openAPI),
		get[struct{}, models.Record[models.Method]]("method", "/method", "Every code with its definition, the rules, and other published scales.", pageAndData, (*Server).method),
		get[struct{}, struct{}]("api", "/api", "The documentation of every address for programs.", pageAlone, (*Server).api),
		get[struct{}, struct{}]("accessibility", "/accessibility", "What the pages aim at, what was tested and what was not.", pageAlone, (*Server).accessibility),
		get[struct{}, struct{}]("shortcuts", "/shortcuts", "The keys of the pages.", pageAlone, (*Server).shortcuts),
		get[recordInput, struct{}]("permanent", "/r/:ref", "The permanent address of an initiative.", pageAndData, (*Server).permanent),
		get[recordInput, struct{}]("permanent-statement", "/s/:ref", "The permanent address of a statement.", pageAndData, (*Server).permanentStatement),
	}
}

// with adds formats to a set.
func with(of []represent.Format, more ...represent.Format) []represent.Format {
	return slices.Concat(of, more)
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
	matrixInput struct {
		timeQuery
		filterQuery
		matrixQuery
		tableQuery
	}
	meetingsInput struct {
		timeQuery
		meetingQuery
		pageQuery
		tableQuery
	}
	activityInput struct {
		timeQuery
		narrowQuery
		kindQuery
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
