// Package handlers answers HTTP. The route table in routes.go is its spine: negotiation, permission, decoding,
// encoding and the OpenAPI document derive from it, and a handler only turns a decoded input into a Reply. SQL belongs
// to models/store, words and looks to frontend, encodings to represent.
package handlers

import (
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"
	"golang.org/x/sync/singleflight"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/frontend/locale"
	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models/store"
)

// Options are what a server needs.
type Options struct {
	Store   *store.Store
	Log     *slog.Logger
	Now     func() time.Time
	Version string // of the program
	Origin  string // public scheme and host for permanent addresses; taken from the request when empty

	TrustedProxies []netip.Prefix // whose word about where a request came from is taken; nil for nobody's

	Done      <-chan struct{} // closed when the program stops, so that open streams end; nil never
	SetUpCode string          // opens the making of the first account; empty shuts it

	PlanWait time.Duration // how long a person waits for a statement to be read before its progress is shown; a second when zero
}

// Server answers requests on one record.
type Server struct {
	Options
	words  locale.Catalogue
	assets *frontend.Assets
	routes []Route
	engine *gin.Engine
	spec   func() ([]byte, error) // the OpenAPI document, written once
	cache  *cache
	making singleflight.Group // of answers that the cache lacks

	sessions *session.Manager
	hasher   *session.Hasher
	setup    setup
	live     hub
	exports  exports
	plans    plans
}

// New returns the handler of all requests. Its outer layers run from the outside in: recovery and log, security
// headers, cross-origin protection, the cache of public answers, compression, the session, negotiation; then gin finds
// the route.
func New(o Options) (http.Handler, error) {
	s := &Server{Options: o}
	var err error
	if s.words, err = locale.Load(); err != nil {
		return nil, err
	}
	if s.assets, err = frontend.LoadAssets(); err != nil {
		return nil, err
	}
	s.routes = Routes()
	// Writing it takes longer than the rest of the start, and few runs are asked for it.
	s.spec = sync.OnceValues(s.describe)
	if s.cache, err = newCache(); err != nil {
		return nil, err
	}
	if s.hasher, err = session.NewHasher(); err != nil {
		return nil, err
	}
	s.sessions = session.NewManager(o.Store.Sessions(), o.Now, s.fail)
	s.live.all = map[*listener]bool{}
	if s.exports, err = newExports(); err != nil {
		return nil, err
	}
	s.plans.all = map[string]*plan{}
	s.setup.hash = session.HashOf(o.SetUpCode)
	s.engine = s.newEngine()
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.CompressionLevel(5))
	if err != nil {
		return nil, err
	}
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(s.denyCrossOrigin))
	inner := s.sessions.Load(s.negotiate(s.engine))
	return s.outermost(s.securityHeaders(cross.Handler(s.remembered(unbroken(inner, compress(inner)))))), nil
}

// unbroken lets streams past the compression, which would hold back what is written until there is enough of it.
func unbroken(plain, compressed http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == streamPath {
			plain.ServeHTTP(w, r)
			return
		}
		compressed.ServeHTTP(w, r)
	})
}

// newEngine registers the route table. gin's defaults that would trust proxies, redirect on their own or answer 404
// to a wrong method are turned off (docs/architecture.md, traps).
func (s *Server) newEngine() *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	e := gin.New()
	e.HandleMethodNotAllowed = true
	e.RedirectTrailingSlash = false
	e.RedirectFixedPath = false
	e.ContextWithFallback = true
	if err := e.SetTrustedProxies(nil); err != nil {
		panic(err) // no proxies cannot be malformed
	}
	for i := range s.routes {
		r := &s.routes[i]
		e.Handle(r.Method, r.Pattern, func(c *gin.Context) {
			params := make(map[string]string, len(c.Params))
			for _, p := range c.Params {
				params[p.Key] = p.Value
			}
			s.serve(c.Writer, c.Request, r, params)
		})
	}
	e.NoRoute(func(c *gin.Context) { s.noRoute(c.Writer, c.Request) })
	e.NoMethod(func(c *gin.Context) { s.noMethod(c.Writer, c.Request) })
	return e
}
