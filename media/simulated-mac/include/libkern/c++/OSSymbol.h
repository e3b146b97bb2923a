#pragma once

#include <libkern/c++/OSString.h>

/// A string of which there is one object per text.
class OSSymbol : public OSString {
    OSDeclareDefaultStructors(OSSymbol)

public:
    static const OSSymbol *withCString(const char *text);
    void free() override;

private:
    OSSymbol *nextInPool;
};
