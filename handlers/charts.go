package handlers

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
)

var pictureAlone = []represent.Format{represent.SVG}

// chartQuery is how a picture is drawn.
type chartQuery struct {
	Theme string `query:"theme" description:"Colours for the page that shows the picture." enum:"light,dark" default:"light"`
	Grey  string `query:"grey" description:"1 draws patterns instead of colours." enum:"1"`
}

type (
	dashboardChartInput struct {
		timeQuery
		scopeQuery
		chartQuery
	}
	topicChartInput struct {
		refPath
		timeQuery
		scopeQuery
		chartQuery
	}
	recordChartInput struct {
		refPath
		timeQuery
		chartQuery
	}
	topicEmbedInput struct {
		refPath
		timeQuery
		scopeQuery
	}
	matrixEmbedInput struct {
		timeQuery
		filterQuery
		matrixQuery
	}
)

// chartRoutes are the lines of what other documents show: the pictures of pages, and parts of pages that can be framed.
func chartRoutes() []Route {
	return []Route{
		get[dashboardChartInput, struct{}]("overview-chart", "/overview/chart", "The status of all initiatives as one stacked bar.", pictureAlone, (*Server).overviewChart),
		get[dashboardChartInput, struct{}]("topics-chart", "/topics/chart", "The status of the initiatives of every topic as thin bars.", pictureAlone, (*Server).topicsChart),
		get[topicChartInput, struct{}]("topic-chart", "/topics/:ref/chart", "The status of the initiatives of a topic as one stacked bar.", pictureAlone, (*Server).topicChart),
		get[recordChartInput, struct{}]("initiative-chart", "/initiatives/:ref/chart", "The status of an initiative over the meetings.", pictureAlone, (*Server).initiativeChart),
		get[recordChartInput, struct{}]("country-chart", "/countries/:ref/chart", "In how many of its initiatives a country has announced something, as a row of dots.", pictureAlone, (*Server).countryChart),
		get[recordChartInput, struct{}]("meeting-chart", "/meetings/:ref/chart", "The status of all initiatives after a meeting as one stacked bar.", pictureAlone, (*Server).meetingChart),
		framed(get[topicEmbedInput, struct{}]("topic-embed", "/topics/:ref"+frontend.EmbedPath, "The panel of a topic, to be framed by other sites.", pageAlone, (*Server).topicEmbed)),
		framed(get[matrixEmbedInput, struct{}]("matrix-embed", "/matrix"+frontend.EmbedPath, "The matrix, to be framed by other sites.", pageAlone, (*Server).matrixEmbed)),
	}
}

// framed marks a page that other sites may show in a frame of theirs. It holds nothing that could be clicked by mistake:
// no form and nothing of who is signed in.
func framed(r Route) Route {
	r.Framed = true
	return r
}

// framedPolicy is the policy of a page that can be framed.
var framedPolicy = strings.Replace(policy, "frame-ancestors 'none'", "frame-ancestors *", 1)

// open gives the answer its own policy, and lets other sites show it, where it is meant for them. A stored answer that
// is still good gets the same headers, because a browser takes them over.
func (c *Call) open(w http.ResponseWriter) {
	if c.Format.Whole {
		w.Header().Set("Content-Security-Policy", filePolicy)
	}
	if c.Format != represent.SVG && !c.Route.Framed {
		return
	}
	if c.Route.Framed {
		w.Header().Set("Content-Security-Policy", framedPolicy)
	}
	if c.Actor.ID == 0 {
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}
}

func (s *Server) overviewChart(c *Call, in dashboardChartInput) (*Reply, error) {
	return s.overview(c, overviewInput{timeQuery: in.timeQuery, scopeQuery: in.scopeQuery})
}

func (s *Server) topicsChart(c *Call, in dashboardChartInput) (*Reply, error) {
	return s.topics(c, topicsInput{timeQuery: in.timeQuery, scopeQuery: in.scopeQuery})
}

func (s *Server) topicChart(c *Call, in topicChartInput) (*Reply, error) {
	return s.topic(c, topicInput{refPath: in.refPath, timeQuery: in.timeQuery, scopeQuery: in.scopeQuery})
}

func (s *Server) initiativeChart(c *Call, in recordChartInput) (*Reply, error) {
	reply, err := s.initiative(c, recordInput{in.refPath, in.timeQuery})
	if err == nil {
		reply.Version = 0 // nothing is changed at this address
	}
	return reply, err
}

func (s *Server) countryChart(c *Call, in recordChartInput) (*Reply, error) {
	return s.country(c, countryInput{recordInput: recordInput{in.refPath, in.timeQuery}})
}

func (s *Server) meetingChart(c *Call, in recordChartInput) (*Reply, error) {
	return s.meeting(c, recordInput{in.refPath, in.timeQuery})
}

func (s *Server) topicEmbed(c *Call, in topicEmbedInput) (*Reply, error) {
	r, err := s.Store.Topic(c.Context(), c.Actor, in.when(), in.Ref, in.filter())
	if err != nil {
		return nil, err
	}
	return &Reply{At: &r.At, Page: func(f frontend.Frame) templ.Component { return frontend.TopicEmbed(f, r.Item) }}, nil
}

func (s *Server) matrixEmbed(c *Call, in matrixEmbedInput) (*Reply, error) {
	m, err := s.readMatrix(c, matrixInput{timeQuery: in.timeQuery, filterQuery: in.filterQuery, matrixQuery: in.matrixQuery})
	if err != nil {
		return nil, err
	}
	return &Reply{At: &m.At, Page: func(f frontend.Frame) templ.Component { return frontend.NewMatrixEmbed(f, m) }}, nil
}
