package handlers

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

type requestKey struct{}

// passage is what the log says of a request: its id, and what the layers below find out.
type passage struct {
	id    string
	route string // name; empty when none answers
	user  int64  // account that asks; 0 without one
}

func passageOf(r *http.Request) *passage {
	p, _ := r.Context().Value(requestKey{}).(*passage)
	if p == nil { // a request that did not come through the outermost layer
		p = &passage{}
	}
	return p
}

// requestID returns the id of a request, which the log and the page of an internal error share.
func requestID(r *http.Request) string { return passageOf(r).id }

type headKey struct{}

// headAlone reports whether the answer is asked for without its body.
func headAlone(r *http.Request) bool { return r.Context().Value(headKey{}) != nil }

// statusWriter remembers the status; 0 while nothing was sent.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// outermost gives each request an id, writes one line to the log, answers HEAD as GET and turns a panic into an
// internal error.
func (s *Server) outermost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began, method := s.Now(), r.Method
		line := &passage{id: rand.Text()[:12]}
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, line))
		if method == http.MethodHead { // net/http drops the body
			r = r.WithContext(context.WithValue(r.Context(), headKey{}, true))
			r.Method = http.MethodGet
		}
		sw := &statusWriter{ResponseWriter: w}
		defer func() {
			p := recover()
			cause, _ := p.(error)
			cut := errors.Is(cause, http.ErrAbortHandler) // net/http then breaks the connection, so that nobody takes what was sent for whole
			if p != nil && !cut {
				s.Log.Error("panic", "id", line.id, "cause", fmt.Sprint(p), "stack", string(debug.Stack()))
				if sw.status == 0 {
					s.fail(sw, r, fmt.Errorf("panic: %v", p))
				}
			}
			if cut {
				defer panic(http.ErrAbortHandler)
			}
			s.Log.Info("request", "id", line.id, "method", method, "path", logged(r.URL.Path), "route", line.route, "user", line.user, "status", sw.status, "ms", s.Now().Sub(began).Round(time.Microsecond).Seconds()*1000)
		}()
		next.ServeHTTP(sw, r)
	})
}

// logged is a path as the log has it, without the secret of a one-time link.
func logged(path string) string {
	if before, _, ok := strings.Cut(path, "/invitations/"); ok {
		return before + "/invitations/-"
	}
	return path
}

// policy lets a page load its own styles, scripts and pictures, talk to its own origin, and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
	"base-uri 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'"

// securityHeaders sets, on every answer, what a browser must not do with it.
func (s *Server) securityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		if strings.HasPrefix(s.Origin, "https://") { // a proxy in front ends TLS
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}
