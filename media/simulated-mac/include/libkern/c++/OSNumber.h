#pragma once

#include <libkern/c++/OSObject.h>

class OSNumber : public OSObject {
    OSDeclareDefaultStructors(OSNumber)

public:
    static OSNumber *withNumber(unsigned long long value, unsigned int numberOfBits);
    virtual unsigned int unsigned32BitValue() const { return (unsigned int)value; }
    virtual unsigned long long unsigned64BitValue() const { return value; }
    bool isEqualTo(const OSMetaClassBase *other) const override;

private:
    unsigned long long value;
};
