package handlers

import (
	"log/slog"
	"math"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
)

// setup is what opens the making of the first account.
type setup struct{ hash string }

// nextQuery is where to go once signed in.
type nextQuery struct {
	Next string `query:"next" description:"Page of this server to go to."`
}

// signInBody is what signs a person in. A changed form that found nobody signed in travels along in Kept.
type signInBody struct {
	Email      string `json:"email"`
	Passphrase string `json:"passphrase"`
	Code       string `json:"code"`
	Next       string `json:"next"`
	Kept       string `json:"kept"`
}

func (s *Server) signInPage(c *Call, in nextQuery) (*Reply, error) {
	if c.User != nil {
		return seeOther(c, s.local(in.Next)), nil
	}
	return s.signInForm(frontend.SignIn{Next: s.local(in.Next)}), nil
}

func (s *Server) signInForm(p frontend.SignIn) *Reply {
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.SignInPage(f, p) }}
}

// askToSignIn answers a page that asks for more than the reader has shown: to sign in, or to give the passphrase again.
// A form that was sent is kept in the page, so that nothing typed is lost.
func (s *Server) askToSignIn(w http.ResponseWriter, c *Call, err error) {
	p := frontend.SignIn{Again: c.User != nil, Next: c.Path, Asked: true}
	if c.Query.Encode() != "" {
		p.Next += "?" + c.Query.Encode()
	}
	if c.Request.Method != http.MethodGet {
		if c.Form == nil {
			c.keepForm(w)
		}
		form, _ := url.ParseQuery(string(c.raw)) // what cannot be read names no page
		p.Next, p.Kept = s.kept(c, form)
		p.Asked = false
	}
	w.Header().Set("Cache-Control", "no-store")
	reply := s.signInForm(p)
	reply.Status = http.StatusUnauthorized
	if err := s.write(w, c, reply); err != nil {
		s.fail(w, c.Request, err)
	}
}

// keepForm takes the form of a change that was refused before it was read. What is too long to be one of our forms is
// not kept, nor are files.
func (c *Call) keepForm(w http.ResponseWriter) {
	media, params, err := mime.ParseMediaType(c.Request.Header.Get("Content-Type"))
	if err == nil && media == mediaParts && c.Route != nil && c.Route.Uploads {
		if c.receive(w, maxUpload) == nil && c.readParts(params["boundary"]) == nil {
			c.raw = []byte(withoutFiles(c.Form).Encode())
		}
	} else if c.receive(w, maxForm) != nil {
		c.raw = nil
	}
	if len(c.raw) > maxForm {
		c.raw = nil
	}
}

// secretFields are fields of forms that nothing ever keeps.
var secretFields = []string{"passphrase", "current", "code"}

// kept returns the page that a form stands on, and the form as it was sent but for its secrets, which would otherwise
// be stored with the session. The form that asks for the passphrase carries another one, which is the one to keep.
func (s *Server) kept(c *Call, form url.Values) (page, kept string) {
	if c.Path == "/account/verify" {
		return s.local(form.Get("next")), form.Get("kept")
	}
	page, kept = s.local(form.Get(formPrefix+"page")), string(c.raw)
	if slices.ContainsFunc(secretFields, form.Has) {
		for _, name := range secretFields {
			form.Del(name)
		}
		kept = form.Encode()
	}
	return page, kept
}

// signIn checks the passphrase and the second factor. Whatever is wrong, the answer is the same and takes as long.
func (s *Server) signIn(c *Call, _ struct{}, b signInBody) (*Reply, error) {
	account := models.EmailKey(b.Email)
	user, err := s.authenticate(c, "sign_in", account, b.Passphrase, b.Code)
	if err != nil {
		return nil, err
	}
	if err := s.sessions.Begin(c.Context(), user.ID, c.From, c.Request.UserAgent()); err != nil {
		return nil, err
	}
	actor := user.Actor()
	actor.Address = c.From
	if err := s.Store.SignedIn(c.Context(), actor); err != nil {
		return nil, err
	}
	c.User = &user
	s.security(c, "sign_in", user.ID, "")
	return s.goOn(c, b.Next, b.Kept), nil
}

// verify takes the passphrase of the person who is signed in once more.
func (s *Server) verify(c *Call, _ struct{}, b signInBody) (*Reply, error) {
	if _, err := s.authenticate(c, "verify", models.EmailKey(c.User.Email), b.Passphrase, b.Code); err != nil {
		return nil, err
	}
	if err := s.sessions.Verify(c.Context()); err != nil {
		return nil, err
	}
	s.security(c, "verify", c.User.ID, "")
	return s.goOn(c, b.Next, b.Kept), nil
}

// goOn leads to the page that was asked for and hands it the form that was kept.
func (s *Server) goOn(c *Call, next, kept string) *Reply {
	next = s.local(next)
	if kept != "" {
		s.sessions.Keep(c.Context(), pathOf(next), kept)
	}
	return seeOther(c, next)
}

// authenticate returns the person whose passphrase and, where there is one, second factor are right. event is what they
// are asked for.
func (s *Server) authenticate(c *Call, event, account, passphrase, code string) (models.User, error) {
	if err := s.mayTry(c, event, account); err != nil {
		return models.User{}, err
	}
	wrong := models.Invalid(models.Field("email", "error.sign_in"))
	known, err := s.Store.Credentials(c.Context(), account)
	if err != nil && badKind(err) != models.KindNotFound {
		return models.User{}, err
	}
	match, renew, err := s.hasher.Matches(c.Context(), passphrase, known.PassphraseHash)
	if err != nil {
		return models.User{}, err
	}
	if !match {
		cause := "passphrase"
		if known.ID == 0 {
			cause = "account"
		}
		s.security(c, event, known.ID, cause)
		return models.User{}, wrong
	}
	if known.SecondFactor {
		if ok, err := s.secondFactor(c, known, code); err != nil || !ok {
			s.security(c, event, known.ID, "second_factor")
			return models.User{}, or(err, wrong)
		}
	}
	if err := s.Store.TryRight(c.Context(), account, neighbourhood(c.From)); err != nil {
		return models.User{}, err
	}
	if renew {
		hash, err := s.hasher.Hash(c.Context(), passphrase)
		if err == nil {
			err = s.Store.Rehash(c.Context(), known.ID, hash)
		}
		if err != nil {
			return models.User{}, err
		}
	}
	return known.User, nil
}

// mayTry counts a guess at a secret and refuses one that comes too soon.
func (s *Server) mayTry(c *Call, event, account string) error {
	wait, err := s.Store.Try(c.Context(), account, neighbourhood(c.From))
	if err != nil {
		return err
	}
	if wait > 0 {
		var user int64
		if c.User != nil {
			user = c.User.ID
		}
		s.security(c, event, user, "wait")
		return &models.Error{Kind: models.KindTooMany, Key: "error.wait", Args: map[string]any{"seconds": int(math.Ceil(wait.Seconds()))}}
	}
	return nil
}

// security logs that an account was opened, or why not. What was typed never gets into the log: people type a passphrase
// where their address belongs.
func (s *Server) security(c *Call, event string, user int64, cause string) {
	level, outcome := slog.LevelInfo, "succeeded"
	if cause != "" {
		level, outcome = slog.LevelWarn, "refused"
	}
	s.Log.Log(c.Context(), level, "security", "id", c.ID, "event", event, "outcome", outcome, "cause", cause, "user", user, "from", c.From)
}

// secondFactor uses up a code of the authenticator or a recovery code.
func (s *Server) secondFactor(c *Call, known models.Credentials, code string) (bool, error) {
	if step, ok := session.Step(code, known.FactorSecret, s.Now()); ok {
		return s.Store.UseStep(c.Context(), known.ID, step)
	}
	return s.Store.UseRecoveryCode(c.Context(), known.ID, session.HashOf(strings.ToLower(strings.TrimSpace(code))))
}

func or(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// signInAgain shows the form once more, with everything but its secrets.
func (s *Server) signInAgain(c *Call, err error) (*Reply, error) {
	p := frontend.SignIn{Again: c.User != nil, Next: s.local(c.Form.Get("next")), Kept: c.Form.Get("kept"), Form: s.form(c, err)}
	p.Form.Values.Del("passphrase")
	p.Form.Values.Del("code")
	return s.signInForm(p), nil
}

func (s *Server) signOut(c *Call, _ struct{}, _ empty) (*Reply, error) {
	if err := s.sessions.End(c.Context()); err != nil {
		return nil, err
	}
	return seeOther(c, "/"), nil
}

// accountBody is what makes an account from a code or a link.
type accountBody struct {
	Code       string `json:"code"`
	Email      string `json:"email"`
	Name       string `json:"name"`
	Passphrase string `json:"passphrase"`
}

// seeOther leads to a page after a change, in the reader's language; path may carry a query.
func seeOther(c *Call, path string) *Reply {
	if c.Format != represent.HTML {
		return &Reply{Status: http.StatusOK, Data: struct{}{}}
	}
	return &Reply{Status: http.StatusSeeOther, Location: "/" + string(c.Lang) + path}
}

// local returns the language-neutral path of a page of this server, and the overview for everything else: whatever a
// browser could take for another host never gets into a redirect.
func (s *Server) local(next string) string {
	for _, r := range next {
		if r < 0x20 || r == '\\' || r == 0x7f {
			return "/"
		}
	}
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || u.Opaque != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.Contains(strings.ToLower(u.EscapedPath()), "%5c") {
		return "/"
	}
	for _, r := range s.routes {
		if r.Method == http.MethodGet && r.Offers(represent.HTML) && matchesPattern(r.Pattern, routed(u.Path)) {
			if u.RawQuery != "" {
				return u.EscapedPath() + "?" + u.Query().Encode()
			}
			return u.EscapedPath()
		}
	}
	return "/"
}

// matchesPattern reports whether a path has the pattern of a route.
func matchesPattern(pattern, path string) bool {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return false
	}
	for i, segment := range want {
		if segment != have[i] && (!strings.HasPrefix(segment, ":") || have[i] == "") {
			return false
		}
	}
	return true
}

func pathOf(address string) string {
	path, _, _ := strings.Cut(address, "?")
	return path
}
