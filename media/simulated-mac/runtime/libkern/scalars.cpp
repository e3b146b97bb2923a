// OSString, OSSymbol, OSNumber and OSBoolean.
#include "../kernel.h"

#include <cstdlib>
#include <cstring>

OSDefineMetaClassAndStructors(OSString, OSObject)
OSDefineMetaClassAndStructors(OSSymbol, OSString)
OSDefineMetaClassAndStructors(OSNumber, OSObject)
OSDefineMetaClassAndStructors(OSBoolean, OSObject)

OSString *OSString::withCString(const char *text) {
    OSString *string = OSTypeAlloc(OSString);
    if (!string->initWithCString(text)) OSSafeReleaseNULL(string);
    return string;
}

bool OSString::initWithCString(const char *text) { return text && initWithStringOfLength(text, strlen(text)); }

bool OSString::initWithStringOfLength(const char *text, size_t newLength) {
    if (!text || !init()) return false;
    string = static_cast<char *>(calloc(1, newLength + 1));
    memcpy(string, text, newLength);
    length = static_cast<unsigned int>(newLength);
    return true;
}

void OSString::free() {
    ::free(string);
    OSObject::free();
}

bool OSString::isEqualTo(const char *text) const { return strcmp(string, text) == 0; }

bool OSString::isEqualTo(const OSMetaClassBase *other) const {
    const OSString *otherString = OSDynamicCast(OSString, other);
    return otherString && isEqualTo(otherString->string);
}

// Symbols that are alive. The pool owns none of them.
static OSSymbol *pool;

const OSSymbol *OSSymbol::withCString(const char *text) {
    for (OSSymbol *each = pool; each; each = each->nextInPool) {
        if (each->isEqualTo(text)) {
            each->retain();
            return each;
        }
    }
    OSSymbol *symbol = OSTypeAlloc(OSSymbol);
    symbol->initWithCString(text);
    symbol->nextInPool = pool;
    pool = symbol;
    return symbol;
}

void OSSymbol::free() {
    OSSymbol **link = &pool;
    while (*link && *link != this) link = &(*link)->nextInPool;
    if (*link) *link = nextInPool;
    OSString::free();
}

OSNumber *OSNumber::withNumber(unsigned long long value, unsigned int numberOfBits) {
    if (numberOfBits == 0 || numberOfBits > 64) return NULL;
    OSNumber *number = OSTypeAlloc(OSNumber);
    number->value = value & (~0ULL >> (64 - numberOfBits));
    return number;
}

bool OSNumber::isEqualTo(const OSMetaClassBase *other) const {
    const OSNumber *number = OSDynamicCast(OSNumber, other);
    return number && number->value == value;
}

OSBoolean *OSBoolean::withBoolean(bool value) {
    static OSBoolean *constants[2];
    if (!constants[value]) {
        constants[value] = OSTypeAlloc(OSBoolean);
        constants[value]->value = value;
    }
    return constants[value];
}

static OSBoolean *const theTrue = OSBoolean::withBoolean(true);
static OSBoolean *const theFalse = OSBoolean::withBoolean(false);
OSBoolean *const &kOSBooleanTrue = theTrue;
OSBoolean *const &kOSBooleanFalse = theFalse;
