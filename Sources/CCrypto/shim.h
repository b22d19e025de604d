// The low-level functions are the fast ones for short texts; OpenSSL 3 keeps them and marks them as deprecated.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
