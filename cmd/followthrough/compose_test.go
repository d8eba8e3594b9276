package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// composeFile is docker-compose.yml, as far as its parts refer to each other.
type composeFile struct {
	Services map[string]composeService
	Secrets  map[string]struct{ Environment string }
	Volumes  map[string]any
	Networks map[string]any
}

type composeService struct {
	Profiles    []string
	Image       string
	Environment map[string]string
	Secrets     []string
	Ports       []string
	Volumes     []string
	Networks    []string
	DependsOn   any `yaml:"depends_on"`
}

// needs are the services that must run before one.
func (s composeService) needs() []string {
	var all []string
	switch on := s.DependsOn.(type) {
	case []any:
		for _, name := range on {
			all = append(all, name.(string))
		}
	case map[string]any:
		for name := range on {
			all = append(all, name)
		}
	}
	return all
}

// TestComposeHoldsTogether looks, for every profile, whether what the services name is there.
func TestComposeHoldsTogether(t *testing.T) {
	top := filepath.Join("..", "..")
	b, err := os.ReadFile(filepath.Join(top, "docker-compose.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var c composeFile
	if err := yaml.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	running := map[string][]string{}
	ports := map[string]string{}
	for name, s := range c.Services {
		for _, p := range s.Profiles {
			running[p] = append(running[p], name)
		}
		for _, secret := range s.Secrets {
			if c.Secrets[secret].Environment == "" {
				t.Errorf("%s needs the secret %s, which comes from nowhere", name, secret)
			}
		}
		for variable, value := range s.Environment {
			if secret, ok := strings.CutPrefix(value, "/run/secrets/"); ok && !slices.Contains(s.Secrets, secret) {
				t.Errorf("%s reads %s from a secret that it does not get", name, variable)
			}
		}
		for _, v := range s.Volumes {
			from, _, _ := strings.Cut(v, ":")
			_, named := c.Volumes[from]
			if _, err := os.Stat(filepath.Join(top, from)); strings.HasPrefix(from, "./") && err != nil || !strings.HasPrefix(from, "./") && !named {
				t.Errorf("%s takes %s, which is not there", name, from)
			}
		}
		for _, n := range s.Networks {
			if _, ok := c.Networks[n]; !ok && n != "default" {
				t.Errorf("%s is in the network %s, which is not there", name, n)
			}
		}
		for _, p := range s.Ports {
			if !strings.HasPrefix(p, "127.0.0.1:") || ports[p] != "" {
				t.Errorf("%s publishes %s to others, or as %s does", name, p, ports[p])
			}
			ports[p] = name
		}
		for _, other := range s.needs() {
			for _, p := range s.Profiles {
				if !slices.Contains(c.Services[other].Profiles, p) {
					t.Errorf("profile %s has %s and not %s, which that needs", p, name, other)
				}
			}
		}
	}
	for profile, want := range map[string][]string{
		"postgres": {"followthrough-postgres", "postgres"},
		"scale":    {"followthrough-one", "followthrough-two", "postgres", "proxy", "replica"},
	} {
		if slices.Sort(running[profile]); !slices.Equal(running[profile], want) {
			t.Errorf("profile %s runs %v; want %v", profile, running[profile], want)
		}
	}
	if len(c.Services["followthrough"].Profiles) > 0 {
		t.Error("the service on SQLite does not run alone")
	}
	proxied, err := os.ReadFile(filepath.Join(top, "compose", "Caddyfile"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`([a-z-]+):8080`).FindAllStringSubmatch(string(proxied), -1) {
		if s := c.Services[m[1]]; !slices.Contains(s.Profiles, "scale") || !slices.Contains(s.Networks, "front") {
			t.Errorf("the proxy hands requests to %s, which is not where it is", m[1])
		}
	}
}
