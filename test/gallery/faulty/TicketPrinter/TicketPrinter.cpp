// Prints tickets in the form that a program last asked for.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

/// How a ticket is laid out.
class TicketForm : public OSObject {
    OSDeclareDefaultStructors(TicketForm)

public:
    static TicketForm *withColumns(uint32_t columns)
    {
        TicketForm *form = OSTypeAlloc(TicketForm);
        if (form && (columns == 0 || !form->init()))
            OSSafeReleaseNULL(form);
        if (form)
            form->columns = columns;
        return form;
    }

    uint32_t columns;
};

class TicketPrinter : public IOService {
    OSDeclareDefaultStructors(TicketPrinter)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

    IOReturn useColumns(uint32_t columns);
    IOReturn print(uint32_t length) const;

private:
    TicketForm *form;
};

class TicketPrinterUserClient : public IOUserClient {
    OSDeclareDefaultStructors(TicketPrinterUserClient)

public:
    bool start(IOService *provider) override;
    IOReturn clientClose() override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override;

private:
    TicketPrinter *printer;
};

OSDefineMetaClassAndStructors(TicketForm, OSObject)
OSDefineMetaClassAndStructors(TicketPrinter, IOService)
OSDefineMetaClassAndStructors(TicketPrinterUserClient, IOUserClient)

bool TicketPrinter::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    form = TicketForm::withColumns(40);
    if (!form)
        return false;
    registerService();
    return true;
}

void TicketPrinter::stop(IOService *provider)
{
    OSSafeReleaseNULL(form);
    IOService::stop(provider);
}

IOReturn TicketPrinter::useColumns(uint32_t columns)
{
    TicketForm *wanted = TicketForm::withColumns(columns);
    if (!wanted)
        return kIOReturnBadArgument;
    form = wanted; // fault
    return kIOReturnSuccess;
}

IOReturn TicketPrinter::print(uint32_t length) const
{
    return length <= form->columns ? kIOReturnSuccess : kIOReturnNoSpace;
}

bool TicketPrinterUserClient::start(IOService *provider)
{
    printer = OSDynamicCast(TicketPrinter, provider);
    return printer && IOUserClient::start(provider);
}

IOReturn TicketPrinterUserClient::clientClose()
{
    terminate();
    return kIOReturnSuccess;
}

IOReturn TicketPrinterUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                                                 IOExternalMethodDispatch *, OSObject *, void *)
{
    if (arguments->scalarInputCount != 1)
        return kIOReturnBadArgument;
    uint32_t number = static_cast<uint32_t>(arguments->scalarInput[0]);
    switch (selector) {
    case 0:
        return printer->useColumns(number);
    case 1:
        return printer->print(number);
    }
    return kIOReturnUnsupported;
}
