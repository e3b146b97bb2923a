#include "bencode.h"

#include <stdexcept>

namespace {
class Parser {
public:
    explicit Parser(const std::string &text) : text(text) {}

    bool atEnd() const { return position == text.size(); }

    Value value(int depth = 0) {
        if (depth > 100)
            throw std::invalid_argument("nested too deeply");
        Value value;
        char kind = next();
        if (kind == 'i') {
            value.number = number('e');
        } else if (kind == 't' || kind == 'f') {
            value.kind = Value::boolean;
            value.number = kind == 't';
        } else if (kind == 'l' || kind == 'd') {
            value.kind = kind == 'l' ? Value::list : Value::dictionary;
            for (; peek() != 'e'; value.values.push_back(this->value(depth + 1)))
                if (kind == 'd')
                    value.keys.push_back(bytes());
            position++;
        } else {
            position--;
            value.kind = Value::bytes;
            value.text = bytes();
        }
        return value;
    }

private:
    char peek() const {
        if (atEnd())
            throw std::invalid_argument("the request ends too early");
        return text[position];
    }

    char next() {
        char character = peek();
        position++;
        return character;
    }

    /// Digits, perhaps negative, up to `end`.
    uint64_t number(char end) {
        bool negative = peek() == '-';
        position += negative;
        uint64_t number = 0;
        bool empty = true;
        for (char digit = next(); digit != end; digit = next(), empty = false) {
            if (digit < '0' || digit > '9')
                throw std::invalid_argument("a digit was expected at byte " + std::to_string(position - 1));
            number = number * 10 + static_cast<uint64_t>(digit - '0');
        }
        if (empty)
            throw std::invalid_argument("a number was expected at byte " + std::to_string(position - 1));
        return negative ? -number : number;
    }

    std::string bytes() {
        uint64_t length = number(':');
        if (length > text.size() - position)
            throw std::invalid_argument("the request ends too early");
        position += length;
        return text.substr(position - length, length);
    }

    const std::string &text;
    size_t position = 0;
};
} // namespace

std::vector<Value> parseBencode(const std::string &text) {
    std::vector<Value> values;
    for (Parser parser(text); !parser.atEnd();)
        values.push_back(parser.value());
    return values;
}

const Value *Value::find(const char *key) const {
    for (size_t i = 0; i < keys.size(); i++)
        if (keys[i] == key)
            return &values[i];
    return nullptr;
}

const Value &Value::get(const char *key, Kind wanted) const {
    const Value *member = find(key);
    if (!member || member->kind != wanted)
        throw std::invalid_argument(std::string("the event lacks a proper \"") + key + "\"");
    return *member;
}

std::string Value::stringOr(const char *key, const char *otherwise) const {
    return find(key) ? string(key) : otherwise;
}

uint64_t Value::integerOr(const char *key, uint64_t otherwise) const {
    return find(key) ? unsignedInteger(key) : otherwise;
}

OSObject *Value::copyProperty() const {
    if (kind == integer)
        return OSNumber::withNumber(number, 64);
    if (kind == boolean)
        return OSBoolean::withBoolean(number != 0);
    if (kind == bytes)
        return OSString::withCString(text.c_str());
    OSArray *array = kind == list ? OSArray::withCapacity(0) : NULL;
    OSDictionary *properties = kind == list ? NULL : OSDictionary::withCapacity(0);
    for (size_t i = 0; i < values.size(); i++) {
        OSObject *element = values[i].copyProperty();
        array ? array->setObject(element) : properties->setObject(keys[i].c_str(), element);
        element->release();
    }
    return array ? static_cast<OSObject *>(array) : properties;
}
