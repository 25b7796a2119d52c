#pragma once
// The low-level SHA256_* calls are deprecated in OpenSSL 3 in favour of EVP, which has no way to save and restore a
// half-done hash; they are chosen on purpose.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
