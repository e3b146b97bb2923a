#pragma once

#include <libkern/c++/OSObject.h>

class OSNumber : public OSObject {
    OSDeclareDefaultStructors(OSNumber)

public:
    static OSNumber *withNumber(unsigned long long value, unsigned int numberOfBits);
    virtual bool init(unsigned long long value, unsigned int numberOfBits);

    virtual unsigned int numberOfBits() const { return bits; }
    virtual unsigned int numberOfBytes() const { return (bits + 7) / 8; }
    virtual unsigned char unsigned8BitValue() const { return (unsigned char)value; }
    virtual unsigned short unsigned16BitValue() const { return (unsigned short)value; }
    virtual unsigned int unsigned32BitValue() const { return (unsigned int)value; }
    virtual unsigned long long unsigned64BitValue() const { return value; }
    virtual void addValue(signed long long amount) { setValue(value + amount); }
    virtual void setValue(unsigned long long value);
    bool isEqualTo(const OSMetaClassBase *other) const override;

private:
    unsigned long long value;
    unsigned int bits;
};
