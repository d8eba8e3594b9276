package handlers

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Bounds of the cache of public answers.
const (
	cacheBytes   = 32 << 20
	cacheEntries = 4096
	longestKept  = cacheBytes / 8 // one answer must not push out all the others
)

// publicControl lets anybody keep an answer who asks whether it is still so.
const publicControl = "no-cache"

// answer is a whole answer as it was sent: encoded, compressed, with its headers.
type answer struct {
	header http.Header
	body   []byte
}

// size is what an answer takes under its key, which can repeat long headers and queries.
func (a answer) size(key string) int {
	n := len(key) + len(a.body)
	for name, values := range a.header {
		n += len(name)
		for _, v := range values {
			n += len(v)
		}
	}
	return n
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
	c.lru, err = simplelru.NewLRU(cacheEntries, func(key string, a answer) { c.bytes -= a.size(key) })
	return c, err
}

func (c *cache) get(key string) (answer, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lru.Get(key)
}

func (c *cache) add(key string, a answer) {
	size := a.size(key)
	if size > longestKept {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.lru.Contains(key) {
		return
	}
	c.bytes += size
	c.lru.Add(key, a)
	for c.bytes > cacheBytes {
		c.lru.RemoveOldest()
	}
}

// recorder holds an answer back until it is whole. One that is longer than anything that is kept is passed on.
type recorder struct {
	statusWriter
	body   bytes.Buffer
	long   bool
	forget func() // is told when it becomes long
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	if r.body.Len()+len(b) > longestKept {
		if !r.long {
			r.forget()
		}
		r.send()
		r.long = true
	}
	if r.long {
		return r.ResponseWriter.Write(b)
	}
	return r.body.Write(b)
}

// send passes on what was held back.
func (r *recorder) send() {
	if r.long || r.status == 0 {
		return
	}
	r.ResponseWriter.WriteHeader(r.status)
	_, _ = r.ResponseWriter.Write(r.body.Bytes()) // a reader who left cannot be told
	r.body = bytes.Buffer{}
}

// cacheKey is everything that a public answer depends on. No header and no address holds a NUL, so that no two requests
// have the same key.
func (s *Server) cacheKey(r *http.Request, version int64) string {
	parts := append(make([]string, 0, 16), strconv.FormatInt(version, 10), s.Store.Today().Last(), r.Host, r.URL.RequestURI())
	for _, name := range []string{"Accept", "Accept-Language", "Accept-Encoding"} {
		parts = append(append(parts, "\x00"), r.Header.Values(name)...)
	}
	return strings.Join(parts, "\x00")
}

// remembered answers from the cache what was answered before on the same data. Every reader is anonymous and the
// answer depends on nothing but the key; a request that carries credentials would pass by. Readers who ask for the same
// while it is made wait for it.
func (s *Server) remembered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !forAnybody(r) {
			next.ServeHTTP(w, r)
			return
		}
		version, err := s.Store.DataVersion(r.Context())
		if err != nil { // the route says so in its own form
			next.ServeHTTP(w, r)
			return
		}
		key := s.cacheKey(r, version)
		kept, ok := s.cache.get(key)
		if !ok {
			var own *recorder
			made, _, _ := s.making.Do(key, func() (any, error) { // it makes no error
				// Who asks once an answer is longer than what is kept makes it anew.
				own = &recorder{statusWriter: statusWriter{ResponseWriter: w}, forget: func() { s.making.Forget(key) }}
				next.ServeHTTP(own, r)
				return s.keep(key, own), nil
			})
			if own != nil { // not before the others may go on: a slow reader must not hold them
				own.send()
				return
			}
			if kept, ok = made.(answer); !ok || kept.header == nil { // it was for one reader alone
				next.ServeHTTP(w, r)
				return
			}
		}
		for name, values := range kept.header {
			w.Header()[name] = values
		}
		if matches(r.Header.Values("If-None-Match"), kept.header.Get("ETag")) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write(kept.body) // a reader who left cannot be told
	})
}

// forAnybody reports whether the answer can be given to others: whoever asks shows nothing of who it is, and asks for
// the body of an answer that is not a whole list. A header that is there without a value, or twice, is there.
func forAnybody(r *http.Request) bool {
	return r.Method == http.MethodGet && !headAlone(r) && len(r.Header["Authorization"]) == 0 && len(r.Header["Cookie"]) == 0 && !r.URL.Query().Has("all")
}

// keep adds a whole answer to the cache and returns it; one without a header where it cannot be given to others.
func (s *Server) keep(key string, r *recorder) answer {
	h := r.Header()
	if r.status != http.StatusOK || r.long || h.Get("ETag") == "" || len(h["Set-Cookie"]) > 0 || h.Get("Cache-Control") != publicControl {
		return answer{}
	}
	a := answer{h.Clone(), bytes.Clone(r.body.Bytes())}
	s.cache.add(key, a)
	return a
}
