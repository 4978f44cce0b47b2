package main

import (
	"cmp"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/samlcheck/samlcheck/internal/render"
	"github.com/spf13/cobra"
)

func newVersion(t *tool) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "tell which version this is",
		Long:  "Tells the version, the commit it was built from, and the Go release and platform.",
		Args:  noArgument,
		RunE: func(*cobra.Command, []string) error {
			t.print(version())
			return nil
		},
	}
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return versionText(info)
}

// shortVersion gives the version alone.
func shortVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// versionText gives one line of what the build recorded.
func versionText(info *debug.BuildInfo) string {
	setting := map[string]string{}
	for _, s := range info.Settings {
		setting[s.Key] = s.Value
	}
	words := []string{"samlcheck", cmp.Or(info.Main.Version, "(devel)")}
	if revision := setting["vcs.revision"]; revision != "" {
		words = append(words, "commit "+revision, setting["vcs.time"])
	}
	if setting["vcs.modified"] == "true" {
		words = append(words, "with changes that are not committed")
	}
	words = append(words, cmp.Or(info.GoVersion, runtime.Version()), runtime.GOOS+"/"+runtime.GOARCH)
	return render.Escape(strings.Join(words, " ")) + "\n"
}
