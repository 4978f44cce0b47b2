package samltest

import "flag"

// update says that the files of keys/ and testdata/ are to be written.
var update = flag.Bool("update", false, "write the certificates and testdata anew")
