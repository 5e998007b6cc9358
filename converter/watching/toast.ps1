# Shows a notice of Windows: its text is in the environment, where nothing of it is obeyed.
$kind = [Windows.UI.Notifications.ToastTemplateType, Windows.UI.Notifications, ContentType=WindowsRuntime]::ToastText02
$manager = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType=WindowsRuntime]
$content = $manager::GetTemplateContent($kind)
$lines = $content.GetElementsByTagName('text')
$null = $lines.Item(0).AppendChild($content.CreateTextNode('planilote'))
$null = $lines.Item(1).AppendChild($content.CreateTextNode($env:PLANILOTE_AVISO))
$toast = [Windows.UI.Notifications.ToastNotification, Windows.UI.Notifications, ContentType=WindowsRuntime]::new($content)
$program = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\WindowsPowerShell\v1.0\powershell.exe'
$manager::CreateToastNotifier($program).Show($toast)
