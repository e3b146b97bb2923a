// Keeps a display's fonts; whoever asks for one gets a reference of his own.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

class Font : public OSObject {
    OSDeclareDefaultStructors(Font)

public:
    static Font *withHeight(uint32_t height);
    uint32_t height;
};

class FontTable : public IOService {
    OSDeclareDefaultStructors(FontTable)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

    Font *copyFont(uint64_t index) const;
    Font *copyTallest() const;

private:
    OSArray *fonts;
};

class FontTableUserClient : public IOUserClient {
    OSDeclareDefaultStructors(FontTableUserClient)

public:
    IOReturn clientClose() override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override;
};

OSDefineMetaClassAndStructors(Font, OSObject)
OSDefineMetaClassAndStructors(FontTable, IOService)
OSDefineMetaClassAndStructors(FontTableUserClient, IOUserClient)

static const uint32_t heights[] = {8, 24, 13};

Font *Font::withHeight(uint32_t height)
{
    Font *font = OSTypeAlloc(Font);
    if (font && !font->init())
        OSSafeReleaseNULL(font);
    if (font)
        font->height = height;
    return font;
}

bool FontTable::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    fonts = OSArray::withCapacity(3);
    for (uint32_t height : heights) {
        Font *font = Font::withHeight(height);
        if (!fonts || !font || !fonts->setObject(font)) {
            OSSafeReleaseNULL(font);
            OSSafeReleaseNULL(fonts);
            return false;
        }
        font->release();
    }
    registerService();
    return true;
}

void FontTable::stop(IOService *provider)
{
    OSSafeReleaseNULL(fonts);
    IOService::stop(provider);
}

Font *FontTable::copyFont(uint64_t index) const
{
    if (index >= fonts->getCount())
        return NULL;
    Font *font = OSDynamicCast(Font, fonts->getObject(static_cast<unsigned>(index)));
    if (font)
        font->retain();
    return font;
}

Font *FontTable::copyTallest() const
{
    Font *tallest = NULL;
    for (unsigned i = 0; i < fonts->getCount(); i++) {
        Font *font = copyFont(i);
        if (tallest && font->height <= tallest->height) {
            font->release();
            continue;
        }
        OSSafeRelease(tallest);
        tallest = font;
    }
    return tallest;
}

IOReturn FontTableUserClient::clientClose()
{
    terminate();
    return kIOReturnSuccess;
}

IOReturn FontTableUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                                             IOExternalMethodDispatch *, OSObject *, void *)
{
    FontTable *table = OSDynamicCast(FontTable, getProvider());
    if (!table || selector > 1 || arguments->scalarInputCount != 1)
        return kIOReturnBadArgument;
    Font *font = selector == 0 ? table->copyFont(arguments->scalarInput[0]) : table->copyTallest();
    if (!font)
        return kIOReturnNotFound;
    arguments->scalarOutput[0] = font->height;
    font->release();
    return kIOReturnSuccess;
}
