// Requests: bencoded values (42 is i42e, "spam" is 4:spam, lists l…e, dictionaries d…e), with t and f for booleans.
#pragma once

#include "../kernelHeaders.h"

#include <string>

namespace kernel {

/// The values that stand one after another in `text`, as the kernel's own objects: OSNumber, OSString, OSArray,
/// OSDictionary and OSBoolean. The caller releases the array. Throws std::invalid_argument when the text is malformed.
OSArray *parseBencode(const std::string &text);
} // namespace kernel
