package handlers

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/frontend"
	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
)

func (s *Server) account(c *Call, _ struct{}) (*Reply, error) { return s.accountPage(c, nil) }

func (s *Server) accountPage(c *Call, bad error) (*Reply, error) {
	p, err := s.ownAccount(c, bad)
	if err != nil {
		return nil, err
	}
	p.Form.Values.Del("passphrase")
	p.Form.Values.Del("current")
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.AccountPage(f, p) }}, nil
}

// ownAccount reads what the pages of one's own account show.
func (s *Server) ownAccount(c *Call, bad error) (frontend.Account, error) {
	p := frontend.Account{User: *c.User, Form: s.form(c, bad)}
	var err error
	if p.Sessions, err = s.Store.SessionsOf(c.Context(), c.Actor, s.sessions.Hash(c.Context())); err != nil {
		return p, err
	}
	if models.May(c.Actor, models.PermitUsers) {
		all, err := s.Store.Users(c.Context(), c.Actor)
		if err != nil {
			return p, err
		}
		p.Alone = len(all) == 1
	}
	p.Tokens, err = s.Store.Tokens(c.Context(), c.Actor, false)
	return p, err
}

// passphraseBody changes one's own passphrase. The address only tells password managers whose it is.
type passphraseBody struct {
	Email      string `json:"email"`
	Current    string `json:"current"`
	Passphrase string `json:"passphrase"`
}

// changePassphrase checks the present passphrase under the same limits as a sign-in, and ends the other sessions.
func (s *Server) changePassphrase(c *Call, _ struct{}, b passphraseBody) (*Reply, error) {
	known, err := s.Store.CredentialsOf(c.Context(), c.User.ID)
	if err != nil {
		return nil, err
	}
	if err := s.tryAs(c, known, b.Current); err != nil {
		return nil, err
	}
	if err := session.Judge(b.Passphrase, known.Name, known.Email); err != nil {
		return nil, err
	}
	hash, err := s.hasher.Hash(c.Context(), b.Passphrase)
	if err != nil {
		return nil, err
	}
	if err := s.Store.SetPassphrase(c.Context(), c.Actor, hash, s.sessions.Hash(c.Context())); err != nil {
		return nil, err
	}
	return s.done(c, "/account", "account.passphrase_done"), nil
}

// tryAs checks the passphrase of the person who is signed in.
func (s *Server) tryAs(c *Call, known models.Credentials, passphrase string) error {
	account := models.EmailKey(known.Email)
	if err := s.mayTry(c, "passphrase", account); err != nil {
		return err
	}
	match, _, err := s.hasher.Matches(c.Context(), passphrase, known.PassphraseHash)
	if err == nil && !match {
		s.security(c, "passphrase", known.ID, "passphrase")
		return models.Invalid(models.Field("current", "error.passphrase"))
	}
	if err == nil {
		err = s.Store.TryRight(c.Context(), account, neighbourhood(c.From))
	}
	return err
}

// done leads to a page with a message about what was done.
func (s *Server) done(c *Call, path, key string, args ...any) *Reply {
	return s.doneThen(c, path, s.printer(c).T(key, args...))
}

// way is a link beside a message about what was done.
type way struct{ text, path string }

// doneThen leads to a page with a message and with links to what may come next. The message is one line; so is each link.
func (s *Server) doneThen(c *Call, path, message string, ways ...way) *Reply {
	if c.User != nil {
		said := []string{strings.ReplaceAll(message, "\n", " ")}
		for _, w := range ways {
			said = append(said, w.text+"\t"+w.path)
		}
		s.sessions.Leave(c.Context(), strings.Join(said, "\n"))
	}
	return seeOther(c, path)
}

// keysBody turns single keys off or on.
type keysBody struct {
	On bool `json:"on"`
}

func (s *Server) setKeys(c *Call, _ struct{}, b keysBody) (*Reply, error) {
	if err := s.Store.SetKeys(c.Context(), c.Actor, !b.On); err != nil {
		return nil, err
	}
	return s.done(c, "/account", "account.keys_done"), nil
}

func (s *Server) sessionsPage(c *Call, _ struct{}) (*Reply, error) {
	p, err := s.ownAccount(c, nil)
	if err != nil {
		return nil, err
	}
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.SessionsPage(f, p) }}, nil
}

func (s *Server) endSession(c *Call, in refPath, _ empty) (*Reply, error) {
	if err := s.Store.EndSession(c.Context(), c.Actor, in.Ref); err != nil {
		return nil, err
	}
	return s.done(c, "/account/sessions", "session.ended"), nil
}

func (s *Server) endOtherSessions(c *Call, _ struct{}, _ empty) (*Reply, error) {
	if err := s.Store.EndSessions(c.Context(), c.Actor, c.User.ID, s.sessions.Hash(c.Context())); err != nil {
		return nil, err
	}
	return s.done(c, "/account/sessions", "session.ended"), nil
}

// factorBody turns the second factor on, with a code of the secret that was offered, or off.
type factorBody struct {
	Code string `json:"code"`
	Off  bool   `json:"off"`
}

func (s *Server) factorPage(c *Call, _ struct{}) (*Reply, error) { return s.factorForm(c, nil) }

func (s *Server) factorForm(c *Call, bad error) (*Reply, error) {
	p := frontend.FactorPage{On: c.User.SecondFactor, Form: s.form(c, bad)}
	p.Form.Values.Del("code")
	if !p.On {
		var err error
		if p.Secret, err = s.sessions.Offered(c.Context(), c.User.Email); err != nil {
			return nil, err
		}
		p.URL = session.FactorURL(c.User.Email, p.Secret)
	}
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.SecondFactorPage(f, p) }}, nil
}

// changeFactor turns the second factor on or off; either way a right code is asked for first.
func (s *Server) changeFactor(c *Call, _ struct{}, b factorBody) (*Reply, error) {
	known, err := s.Store.CredentialsOf(c.Context(), c.User.ID)
	if err != nil {
		return nil, err
	}
	if err := s.mayTry(c, "second_factor", "code of "+models.EmailKey(known.Email)); err != nil {
		return nil, err
	}
	wrong := models.Invalid(models.Field("code", "error.code"))
	if known.SecondFactor {
		if ok, err := s.secondFactor(c, known, b.Code); err != nil || !ok {
			s.security(c, "second_factor", known.ID, "code")
			return nil, or(err, wrong)
		}
		if !b.Off {
			return seeOther(c, "/account/second-factor"), nil
		}
		if err := s.Store.SetSecondFactor(c.Context(), c.Actor, "", nil, s.sessions.Hash(c.Context())); err != nil {
			return nil, err
		}
		return s.done(c, "/account", "factor.off_done"), nil
	}
	secret, err := s.sessions.Offered(c.Context(), c.User.Email)
	if err != nil {
		return nil, err
	}
	step, ok := session.Step(b.Code, secret, s.Now())
	if !ok {
		s.security(c, "second_factor", known.ID, "code")
		return nil, wrong
	}
	codes, hashes := session.NewRecoveryCodes()
	if err := s.Store.SetSecondFactor(c.Context(), c.Actor, secret, hashes, s.sessions.Hash(c.Context())); err != nil {
		return nil, err
	}
	if _, err := s.Store.UseStep(c.Context(), c.User.ID, step); err != nil { // the code does not sign in as well
		return nil, err
	}
	s.sessions.Enrolled(c.Context())
	c.Form = nil
	p := frontend.FactorPage{On: true, Recovery: codes, Form: s.form(c, nil)}
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.SecondFactorPage(f, p) }}, nil
}

func (s *Server) tokensPage(c *Call, _ struct{}) (*Reply, error) { return s.tokens(c, "", nil) }

func (s *Server) tokensForm(c *Call, bad error) (*Reply, error) { return s.tokens(c, "", bad) }

func (s *Server) tokens(c *Call, fresh string, bad error) (*Reply, error) {
	p, err := s.ownAccount(c, bad)
	if err != nil {
		return nil, err
	}
	p.Fresh = fresh
	now := s.instant()
	return &Reply{Page: func(f frontend.Frame) templ.Component { return frontend.TokensPage(f, p, now, false) }}, nil
}

// addToken makes a token and shows it, this once.
func (s *Server) addToken(c *Call, _ struct{}, n models.NewToken) (*Reply, error) {
	token, prefix := session.NewToken()
	if _, err := s.Store.AddToken(c.Context(), c.Actor, n, prefix, session.HashOf(token)); err != nil {
		return nil, err
	}
	c.Form = nil
	return s.tokens(c, token, nil)
}

func (s *Server) revokeToken(c *Call, in refPath, _ empty) (*Reply, error) {
	id, err := idOf(in.Ref, "token")
	if err != nil {
		return nil, err
	}
	if err := s.Store.RevokeToken(c.Context(), c.Actor, id); err != nil {
		return nil, err
	}
	return s.done(c, "/account/tokens", "token.revoked_done"), nil
}

// idOf reads the id in a path; what is no number is not found.
func idOf(ref, what string) (int64, error) {
	id, err := strconv.ParseInt(ref, 10, 64)
	if err != nil || id < 1 {
		return 0, models.NotFound(what, ref)
	}
	return id, nil
}
