package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tree makes files, and folders where a name ends in a stroke, and gives the
// folder that holds them.
func tree(t *testing.T, names ...string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "/") {
			err = os.MkdirAll(path, 0o700)
		} else {
			err = os.WriteFile(path, []byte("# "+name+"\n"), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestLook(t *testing.T) {
	const file, cwd, root = Name, "the working folder", "the repository's root"
	for _, test := range []struct {
		name  string
		files []string
		from  string
		want  []Place
	}{
		{"nothing", []string{"a/"}, "a", []Place{{file, cwd, Absent}}},
		{"in the working folder", []string{"a/" + file}, "a", []Place{{file, cwd, Read}}},
		{"above, and no repository", []string{"a/b/", file, "a/" + file}, "a/b", []Place{{file, cwd, Absent}}},
		{"at the root", []string{".git/", file, "a/b/"}, "a/b", []Place{{file, cwd, Absent}, {"../../" + file, root, Read}}},
		{"between, and not at the root", []string{".git/", "a/" + file, "a/b/"}, "a/b", []Place{{file, cwd, Absent}, {"../../" + file, root, Absent}}},
		{"both", []string{".git/", file, "a/" + file}, "a", []Place{{file, cwd, Read}, {"../" + file, root, Covered}}},
		{"the working folder is the root", []string{".git/", file}, "", []Place{{file, cwd, Read}}},
		{"a worktree", []string{".git/", file, "tree/.git", "tree/" + file, "tree/a/"}, "tree/a", []Place{{file, cwd, Absent}, {"../" + file, root, Read}}},
		{"a repository in another", []string{".git/", file, "sub/.git/", "sub/a/"}, "sub/a", []Place{{file, cwd, Absent}, {"../" + file, root, Absent}}},
		{"below", []string{".git/", "fixtures/" + file}, "", []Place{{file, cwd, Absent}}},
		{"another name", []string{"samlcheck.yml", ".samlcheck.yaml"}, "", []Place{{file, cwd, Absent}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := Look(filepath.Join(tree(t, test.files...), test.from))
			if err != nil {
				t.Fatal(err)
			}
			for i := range got {
				got[i].Path = filepath.ToSlash(got[i].Path)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestLookHome: a home folder is like every other. What lies in it holds there,
// and below it only where it is a repository itself.
func TestLookHome(t *testing.T) {
	home := tree(t, Name, "work/")
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	for _, repository := range []bool{false, true} {
		if repository {
			if err := os.Mkdir(filepath.Join(home, ".git"), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		places, err := Look(filepath.Join(home, "work"))
		if err != nil {
			t.Fatal(err)
		}
		if read := places[len(places)-1].State == Read; read != repository {
			t.Errorf("a repository: %v, places %+v", repository, places)
		}
	}
}

func link(t *testing.T, to, from string) {
	t.Helper()
	if err := os.Symlink(to, from); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
}

// TestLookThroughLinks: the repository is the one that the folder lies in, and not
// the one that holds a link to it.
func TestLookThroughLinks(t *testing.T) {
	root := tree(t, "one/.git/", "one/"+Name, "two/.git/", "two/"+Name, "two/a/")
	link(t, filepath.Join(root, "two", "a"), filepath.Join(root, "one", "a"))
	places, err := Look(filepath.Join(root, "one", "a"))
	if err != nil {
		t.Fatal(err)
	}
	// "../samlcheck.yaml" is opened by the system from two/a, where one/a leads.
	want := []Place{{Name, "the working folder", Absent}, {filepath.Join("..", Name), "the repository's root", Read}}
	if diff := cmp.Diff(want, places); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if err := os.Remove(filepath.Join(root, "two", Name)); err != nil {
		t.Fatal(err)
	}
	if places, err = Look(filepath.Join(root, "one", "a")); err != nil || places[1].State != Absent {
		t.Errorf("the file of the other repository: %+v and %v", places, err)
	}
}

// TestLookRefuses: a file that is there and cannot be read is not passed over.
func TestLookRefuses(t *testing.T) {
	refuses := func(name, folder, want string) {
		t.Helper()
		if places, err := Look(folder); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %+v and %v, want %q", name, places, err, want)
		}
	}
	refuses("a folder of that name", tree(t, Name+"/"), `"samlcheck.yaml": a file is expected, found something else of this name`)
	refuses("no such folder", filepath.Join(tree(t), "missing"), "missing")
	broken, circle := tree(t), tree(t)
	link(t, "nowhere", filepath.Join(broken, Name))
	refuses("a broken link", broken, `"samlcheck.yaml": a file is expected, found a link that leads nowhere`)
	link(t, Name, filepath.Join(circle, Name))
	refuses("a link to itself", circle, `"samlcheck.yaml": it cannot be read: `)
	sound := tree(t, "other.yaml")
	link(t, "other.yaml", filepath.Join(sound, Name))
	if places, err := Look(sound); err != nil || places[0].State != Read {
		t.Errorf("a link to a file: %+v and %v", places, err)
	}
}

// TestLookInSharedFolder: into a folder such as /tmp anybody may put a file, and a
// .git too. Folders that a build system leaves open to all are not meant.
func TestLookInSharedFolder(t *testing.T) {
	root := tree(t, ".git/", Name, "mine/")
	for mode, want := range map[os.FileMode]State{0o777 | os.ModeSticky: Shared, 0o777: Read, 0o755 | os.ModeSticky: Read} {
		if err := os.Chmod(root, mode); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(root); err != nil || info.Mode()&(os.ModePerm|os.ModeSticky) != mode {
			t.Skip("this system has not the modes of Unix")
		}
		for folder, which := range map[string]int{"": 0, "mine": 1} {
			places, err := Look(filepath.Join(root, folder))
			if err != nil || places[which].State != want {
				t.Errorf("mode %v, from %q: %+v and %v, want %s", mode, folder, places, err, want)
			}
		}
	}
}
