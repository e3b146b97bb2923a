// Requests: bencoded values (42 is i42e, "spam" is 4:spam, lists l…e, dictionaries d…e), with t and f for booleans.
#pragma once

#include "../kernelHeaders.h"

#include <string>
#include <utility>
#include <vector>

struct Value {
    enum Kind { integer, boolean, bytes, list, dictionary };

    Kind kind = integer;
    uint64_t number = 0;
    std::string text;
    /// Elements of a list, and values of a dictionary, whose keys are in `keys`.
    std::vector<Value> values;
    std::vector<std::string> keys;

    /// NULL when this is no dictionary or has no such key.
    const Value *find(const char *key) const;
    /// The member of that kind; throws std::invalid_argument when it's missing.
    const Value &get(const char *key, Kind kind) const;
    const std::string &string(const char *key) const { return get(key, bytes).text; }
    uint64_t unsignedInteger(const char *key) const { return get(key, integer).number; }
    std::string stringOr(const char *key, const char *otherwise) const;
    uint64_t integerOr(const char *key, uint64_t otherwise) const;

    /// The same tree as a property, which the caller must release.
    OSObject *copyProperty() const;
};

/// The values that stand one after another in `text`. Throws std::invalid_argument when it's malformed.
std::vector<Value> parseBencode(const std::string &text);
