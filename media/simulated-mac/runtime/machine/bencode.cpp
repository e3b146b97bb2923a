#include "machine.h"

#include <stdexcept>

namespace {
constexpr int maximumDepth = 100;

class Parser {
public:
    explicit Parser(const std::string &text) : text(text) {}

    bool atEnd() const { return position == text.size(); }

    OSSharedPtr<OSObject> value(int depth = 0) {
        if (depth > maximumDepth) throw std::invalid_argument("nested too deeply");
        switch (next()) {
        case 'i':
            return OSSharedPtr<OSObject>(OSNumber::withNumber(number('e'), 64), OSNoRetain);
        case 't':
            return OSSharedPtr<OSObject>(kOSBooleanTrue, OSRetain);
        case 'f':
            return OSSharedPtr<OSObject>(kOSBooleanFalse, OSRetain);
        case 'l':
            return list(depth);
        case 'd':
            return dictionary(depth);
        }
        position--;
        return bytes();
    }

private:
    OSSharedPtr<OSObject> list(int depth) {
        OSSharedPtr<OSArray> array(OSArray::withCapacity(4), OSNoRetain);
        while (peek() != 'e') array->setObject(value(depth + 1).get());
        position++;
        return array;
    }

    OSSharedPtr<OSObject> dictionary(int depth) {
        OSSharedPtr<OSDictionary> dictionary(OSDictionary::withCapacity(8), OSNoRetain);
        while (peek() != 'e') {
            OSSharedPtr<OSString> key = bytes();
            dictionary->setObject(key.get(), value(depth + 1).get());
        }
        position++;
        return dictionary;
    }

    char peek() const {
        if (atEnd()) throw std::invalid_argument("the request ends too early");
        return text[position];
    }

    char next() {
        peek();
        return text[position++];
    }

    /// Digits, perhaps negative, up to `end`.
    uint64_t number(char end) {
        bool negative = peek() == '-';
        position += negative;
        size_t first = position;
        uint64_t number = 0;
        for (char digit = next(); digit != end; digit = next()) {
            if (digit < '0' || digit > '9')
                throw std::invalid_argument("a digit was expected at byte " + std::to_string(position - 1));
            number = number * 10 + static_cast<uint64_t>(digit - '0');
        }
        if (position == first + 1)
            throw std::invalid_argument("a number was expected at byte " + std::to_string(first));
        return negative ? -number : number;
    }

    OSSharedPtr<OSString> bytes() {
        uint64_t length = number(':');
        if (length > text.size() - position) throw std::invalid_argument("the request ends too early");
        OSSharedPtr<OSString> string(OSTypeAlloc(OSString), OSNoRetain);
        string->initWithStringOfLength(text.data() + position, length);
        position += length;
        return string;
    }

    const std::string &text;
    size_t position = 0;
};
} // namespace

OSSharedPtr<OSArray> kernel::parseBencode(const std::string &text) {
    OSSharedPtr<OSArray> values(OSArray::withCapacity(16), OSNoRetain);
    for (Parser parser(text); !parser.atEnd();) values->setObject(parser.value().get());
    return values;
}
