package handlers

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Bounds of the cache of public answers.
const (
	cacheBytes   = 32 << 20
	cacheEntries = 4096
)

// answer is a whole answer as it was sent: encoded, compressed, with its headers.
type answer struct {
	header http.Header
	body   []byte
}

// cache keeps public answers by the data version and everything of the request that they depend on. A write raises
// the version, so that nothing needs to be invalidated; the oldest answers make room.
type cache struct {
	mu    sync.Mutex
	bytes int
	lru   *simplelru.LRU[string, answer]
}

func newCache() (*cache, error) {
	c := &cache{}
	var err error
	c.lru, err = simplelru.NewLRU(cacheEntries, func(_ string, a answer) { c.bytes -= len(a.body) })
	return c, err
}

func (c *cache) get(key string) (answer, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lru.Get(key)
}

func (c *cache) add(key string, a answer) {
	if len(a.body) > cacheBytes/8 { // one answer must not push out all the others
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.lru.Contains(key) {
		return
	}
	c.bytes += len(a.body)
	c.lru.Add(key, a)
	for c.bytes > cacheBytes {
		c.lru.RemoveOldest()
	}
}

// recorder keeps what is sent.
type recorder struct {
	statusWriter
	body  bytes.Buffer
	large bool // longer than anything that is kept
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.large = r.large || r.body.Len()+len(b) > cacheBytes/8; r.large {
		r.body = bytes.Buffer{}
	} else {
		r.body.Write(b)
	}
	return r.statusWriter.Write(b)
}

// remembered answers from the cache what was answered before on the same data. Every reader is anonymous and the
// answer depends on nothing but the key; a request that carries credentials would pass by.
func (s *Server) remembered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.Header.Get("Authorization") != "" || r.Header.Get("Cookie") != "" || strings.Contains(r.URL.RawQuery, "all=1") { // a whole list is not kept
			next.ServeHTTP(w, r)
			return
		}
		version, err := s.Store.DataVersion(r.Context())
		if err != nil { // the route says so in its own form
			next.ServeHTTP(w, r)
			return
		}
		h := r.Header
		key := fmt.Sprintf("%d|%s|%s|%q|%q|%q|%q", version, s.Store.Today(), r.Host, r.URL.RequestURI(), h.Values("Accept"), h.Values("Accept-Language"), h.Values("Accept-Encoding"))
		if kept, ok := s.cache.get(key); ok {
			for name, values := range kept.header {
				w.Header()[name] = values
			}
			if matches(h.Values("If-None-Match"), kept.header.Get("ETag")) {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			_, _ = w.Write(kept.body) // a reader who left cannot be told
			return
		}
		rec := &recorder{statusWriter: statusWriter{ResponseWriter: w}}
		next.ServeHTTP(rec, r)
		if rec.status == http.StatusOK && !rec.large && w.Header().Get("ETag") != "" {
			s.cache.add(key, answer{w.Header().Clone(), bytes.Clone(rec.body.Bytes())})
		}
	})
}
