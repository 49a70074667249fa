# Mỗi lý do từ chối: sai ở đâu, và phải làm gì (-do).
refusal-CAMPAIGN-001 = Đợt kiểm điểm này đã có trong năm { $year }.
refusal-CAMPAIGN-001-do = Mở đợt đã có để làm tiếp.
refusal-CAMPAIGN-002 = Mốc này sớm hơn mốc đứng trước nó ({ $before }).
refusal-CAMPAIGN-002-do = Chọn ngày bằng hoặc sau { $before }.
refusal-CAMPAIGN-003 = Mốc này nằm ngoài khoảng { $from } – { $to }.
refusal-CAMPAIGN-003-do = Chọn ngày trong khoảng đó.
refusal-CAMPAIGN-004 = Không có bộ quy định nào áp dụng cho năm { $year }.
refusal-CAMPAIGN-004-do = Chọn năm khác, hoặc đề nghị cấp trên bổ sung bộ quy định của năm đó.
refusal-CAMPAIGN-005 = Đơn vị chưa có đảng viên nào trong danh sách.
refusal-CAMPAIGN-005-do = Nhập danh sách tổ chức, đảng viên trước khi mở đợt.
refusal-CAMPAIGN-006 = Cấp này không mở đợt kiểm điểm.
refusal-CAMPAIGN-006-do = Chọn đảng bộ, chi bộ cơ sở, hoặc cấp uỷ cấp trên của tổ chức cơ sở.
refusal-CAMPAIGN-007 = Lựa chọn "{ $setting }" không có trong bộ quy định.
refusal-CAMPAIGN-007-do = Chọn một trong các cách đã liệt kê.
refusal-CAMPAIGN-008 = Mốc này muộn hơn mốc của cấp trên ({ $day }).
refusal-CAMPAIGN-008-do = Chọn ngày { $day } hoặc sớm hơn.
refusal-CAMPAIGN-009 = Ngày chốt do đợt đã ấn định là { $day }, không đổi được.
refusal-CAMPAIGN-009-do = Giữ nguyên ngày { $day }.
refusal-CAMPAIGN-010 = Đợt này đang được mở, chưa xong.
refusal-CAMPAIGN-010-do = Chờ ít phút rồi xem lại trang Đợt kiểm điểm.
refusal-CAMPAIGN-011 = Không có loại đợt này.
refusal-CAMPAIGN-011-do = Chọn một loại trong danh sách.
refusal-CAMPAIGN-012 = Chưa chọn quý, hoặc quý không đúng.
refusal-CAMPAIGN-012-do = Chọn quý 1, 2, 3 hoặc 4.
refusal-CAMPAIGN-013 = Danh sách đảng viên vừa thay đổi trong lúc mở đợt. Chưa có gì được ghi.
refusal-CAMPAIGN-013-do = Mở lại đợt kiểm điểm.
refusal-CAMPAIGN-014 = { $unit } đã tự mở đợt của kỳ này theo bản quy định khác ({ $book }).
refusal-CAMPAIGN-014-do = Để đơn vị đó làm theo đợt đã mở, hoặc chọn loại đợt khác.
refusal-CAMPAIGN-015 = Đợt đã khép lại, không đổi mốc thời gian được.
refusal-CAMPAIGN-015-do = Xem lại đợt đang mở.
refusal-CAMPAIGN-016 = Chưa rõ cấp nào quyết định đối với { $number } đối tượng, trong đó có { $subject ->
    [organization] tổ chức
    [collective] tập thể lãnh đạo
    [leader] cán bộ lãnh đạo
   *[other] đảng viên
  } của { $unit }.
refusal-CAMPAIGN-016-do = Mở trang Thẩm quyền, xem mục Cần làm rõ, ghi quyết định phân cấp hoặc chấm dứt quyết định trái nhau, rồi mở lại đợt.
refusal-CAMPAIGN-017 = Mốc này muộn hơn mốc của cấp trên ({ $day }), mà đơn vị chưa được ghi là đơn vị đặc thù không tổng kết vào cuối năm.
refusal-CAMPAIGN-017-do = Mở trang tổ chức của đơn vị, ghi loại hình đặc thù kèm văn bản, rồi đặt lại mốc này.

refusal-REVIEW-001 = Hồ sơ đang ở bước khác nên chưa làm được việc này.
refusal-REVIEW-001-do = Kiểm điểm xong mới xếp loại: nộp bản tự kiểm điểm, họp, đề xuất, rồi quyết định.
refusal-REVIEW-002 = Hồ sơ vừa được người khác thay đổi.
refusal-REVIEW-002-do = Tải lại trang để xem bản mới nhất rồi làm lại; nội dung đã nhập vẫn còn ở đây.
refusal-REVIEW-003 = Người này không thuộc diện phải kiểm điểm trong đợt này.
refusal-REVIEW-003-do = Xem lý do trong hồ sơ; nếu danh sách ghi sai tình trạng thì sửa danh sách.
refusal-REVIEW-004 = Ghi giúp người khác thì phải nêu lý do.
refusal-REVIEW-004-do = Ghi ngắn gọn lý do, ví dụ: "tuổi cao, mắt kém, đọc cho chi uỷ ghi".
refusal-REVIEW-005 = Dữ kiện "{ $fact }" cần ghi căn cứ.
refusal-REVIEW-005-do = Ghi số, ngày và nơi ban hành văn bản làm căn cứ.
refusal-REVIEW-006 = Giá trị của "{ $fact }" chưa đúng dạng.
refusal-REVIEW-006-do = Ghi theo dạng: { $expected }
refusal-REVIEW-007 = Bộ quy định không có dữ kiện "{ $fact }".
refusal-REVIEW-007-do = Chọn một dữ kiện trong danh sách.
refusal-REVIEW-008 = Chưa có nhận xét hoặc chưa ghi người ký.
refusal-REVIEW-008-do = Ghi người ký và mức hoặc nhận xét của chủ thể.
refusal-REVIEW-009 = Trả lại bản kiểm điểm thì phải nêu lý do.
refusal-REVIEW-009-do = Nêu rõ phần nào cần bổ sung.
refusal-REVIEW-010 = Nội dung này đã được { $person } sửa lúc { $at }, sau khi đồng chí mở trang. Phần đồng chí vừa nhập chưa được lưu.
refusal-REVIEW-010-do = Phần vừa nhập vẫn còn trên trang; chỗ nào khác thì bản đang lưu hiện ngay bên dưới. Xem lại từng chỗ rồi lưu lần nữa.

refusal-SLIP-001 = Chưa ghi cơ quan, đơn vị tham gia ý kiến.
refusal-SLIP-001-do = Ghi tên cơ quan, đơn vị như trên phiếu.
refusal-SLIP-002 = Chưa đánh dấu cấp độ của tiêu chí "{ $criterion }".
refusal-SLIP-002-do = Chọn một cấp độ như trên phiếu. Cơ quan cấp trên chỉ ghi lĩnh vực mình phụ trách thì chọn tư cách "cơ quan cấp trên".
refusal-SLIP-003 = Phiếu không có cấp độ nào và không có nhận xét.
refusal-SLIP-003-do = Ghi ít nhất một cấp độ hoặc nhận xét chung.
refusal-SLIP-004 = Chưa chọn mức đề nghị xếp loại.
refusal-SLIP-004-do = Chọn mức như trên phiếu.
refusal-SLIP-005 = Chưa ghi người ký phiếu.
refusal-SLIP-005-do = Ghi họ tên và chức vụ như trên phiếu.

refusal-FORM-001 = "{ $label }" chưa được điền.
refusal-FORM-001-do = Điền mục này rồi nộp lại. Bản nháp vẫn được giữ.
refusal-FORM-002 =
    { $label ->
        [none] Phần này dài { $length } ký tự, nhiều hơn { $max } ký tự cho phép.
       *[other] "{ $label }" dài { $length } ký tự, nhiều hơn { $max }.
    }
refusal-FORM-002-do = Viết ngắn lại cho vừa.
refusal-FORM-003 =
    { $label ->
        [none] Giá trị ở phần này không nằm trong các ô để chọn.
       *[other] "{ $label }" có giá trị không nằm trong các ô để chọn.
    }
refusal-FORM-003-do = Chọn một ô có sẵn.
refusal-FORM-004 = Ngày "{ $value }" không có thật hoặc không đúng dạng ngày/tháng/năm.
refusal-FORM-004-do = Ghi theo dạng 31/12/2022.
refusal-FORM-005 = Giờ "{ $value }" không đúng.
refusal-FORM-005-do = Ghi theo dạng 07:30.
refusal-FORM-006 = "{ $value }" không phải là số.
refusal-FORM-006-do = Chỉ ghi chữ số, ví dụ 14.
refusal-FORM-007 = "{ $label }": "{ $value }" không phải là số điểm từ 0 đến { $max }.
refusal-FORM-007-do = Ghi một số, nhiều nhất hai chữ số thập phân, ví dụ 28,5.
refusal-FORM-008 = "{ $label }" ghi { $value }, trong khi các phần cộng lại bằng { $sum }.
refusal-FORM-008-do = Sửa điểm từng phần hoặc ghi tổng là { $sum }.

refusal-MEETING-001 = Chưa chọn người chủ trì hoặc thư ký.
refusal-MEETING-001-do = Chọn người trong danh sách triệu tập.
refusal-MEETING-002 = Biên bản đã khoá, không sửa được nữa.
refusal-MEETING-002-do = Nếu có sai sót, ghi vào biên bản của cuộc họp sau.
refusal-MEETING-003 = Người vắng mặt phải có lý do.
refusal-MEETING-003-do = Ghi lý do vắng của { $person }.
refusal-MEETING-004 = Người chủ trì đang được ghi là vắng mặt.
refusal-MEETING-004-do = Sửa lại điểm danh hoặc chọn người chủ trì khác.
refusal-MEETING-005 = Người đứng đầu phải chủ trì hội nghị kiểm điểm; người khác chủ trì thì phải ghi lý do.
refusal-MEETING-005-do = Chọn người đứng đầu, hoặc ghi lý do ở ô bên cạnh.
refusal-MEETING-006 = Chưa ghi giờ kết thúc hoặc kết luận của người chủ trì.
refusal-MEETING-006-do = Ghi đủ hai mục này rồi khoá biên bản.
refusal-MEETING-007 = Phiếu chưa kiểm xong.
refusal-MEETING-007-do = Hai người kiểm phiếu nhập xong, tổ trưởng xử lý khác biệt, rồi khoá biên bản.
refusal-MEETING-008 = Còn { $count } đảng viên chưa nộp bản tự kiểm điểm.
refusal-MEETING-008-do = Đôn đốc nộp, hoặc ghi giúp và nêu lý do.
refusal-MEETING-009 = Còn { $count } ý kiến phê bình chưa có ý kiến trả lời của người được góp ý.
refusal-MEETING-009-do = Ghi ý kiến trả lời; nếu người đó không trả lời thì ghi rõ "không trả lời".
refusal-MEETING-010 = Ý kiến phê bình chưa có nội dung.
refusal-MEETING-010-do = Ghi nội dung ý kiến và căn cứ nếu có.
refusal-MEETING-012 = Kết luận này đã được người khác sửa sau khi đồng chí mở trang. Bản đang lưu: "{ $stored }".
refusal-MEETING-012-do = Chữ đồng chí gõ vẫn còn ở ô bên dưới. Gộp hai bản lại rồi lưu lần nữa.
refusal-MEETING-011 = Ngày họp nằm ngoài đợt kiểm điểm.
refusal-MEETING-011-do = Chọn ngày sau khi mở đợt.

refusal-BALLOT-001 = Số phiếu in ra ({ $whole }) khác tổng phát ra + huỷ + còn thừa ({ $sum }).
refusal-BALLOT-001-do = Đếm lại phiếu rồi nhập lại.
refusal-BALLOT-002 = Số phiếu phát ra ({ $whole }) khác tổng thu về + không nộp lại ({ $sum }).
refusal-BALLOT-002-do = Đếm lại phiếu thu về.
refusal-BALLOT-003 = Số phiếu thu về ({ $whole }) khác tổng hợp lệ + không hợp lệ ({ $sum }).
refusal-BALLOT-003-do = Đếm lại phiếu hợp lệ và không hợp lệ.
refusal-BALLOT-004 = Dòng { $line }: các ô cộng lại bằng { $sum }, khác số phiếu hợp lệ ({ $whole }).
refusal-BALLOT-004-do = Kiểm lại dòng { $line }; ô để trắng và dòng đánh dấu sai cũng phải đếm.
refusal-BALLOT-005 = Phát ra { $given } phiếu, nhiều hơn số người có quyền biểu quyết ({ $base }).
refusal-BALLOT-005-do = Kiểm lại số phiếu phát ra hoặc điểm danh.
refusal-BALLOT-010 = Chỉ hai người kiểm phiếu đã được cử mới nhập kết quả.
refusal-BALLOT-010-do = Nhờ người kiểm phiếu đăng nhập bằng tài khoản của họ.
refusal-BALLOT-011 = Đồng chí đã nhập lần thứ nhất; lần thứ hai phải do người kiểm phiếu kia nhập.
refusal-BALLOT-011-do = Nhờ người kiểm phiếu thứ hai nhập.
refusal-BALLOT-012 = Đã có đủ hai lần nhập.
refusal-BALLOT-012-do = Xem kết quả, hoặc tổ trưởng xử lý khác biệt.
refusal-BALLOT-013 = Chỉ tổ trưởng tổ kiểm phiếu mới xử lý khác biệt.
refusal-BALLOT-013-do = Nhờ tổ trưởng đăng nhập.
refusal-BALLOT-014 = Không có khác biệt nào cần xử lý.
refusal-BALLOT-014-do = Xem kết quả kiểm phiếu.
refusal-BALLOT-015 = Hai người kiểm phiếu và tổ trưởng phải là ba người khác nhau, có mặt tại hội nghị.
refusal-BALLOT-015-do = Chọn lại tổ kiểm phiếu.
refusal-BALLOT-016 = Hội nghị này đã có phiếu.
refusal-BALLOT-016-do = Mở phiếu đã lập.
refusal-BALLOT-017 = Chưa có ai để bỏ phiếu: chưa hồ sơ nào đủ điều kiện.
refusal-BALLOT-017-do = Đảng viên nộp bản tự kiểm điểm trước, rồi lập phiếu.
refusal-BALLOT-018 = Chưa điểm danh nên chưa tính được số người có quyền biểu quyết.
refusal-BALLOT-018-do = Ghi điểm danh trước khi lập phiếu.
refusal-BALLOT-019 = Tổ trưởng tổ kiểm phiếu phải ghi vì sao hai lần nhập khác nhau.
refusal-BALLOT-019-do = Ghi ngắn gọn nguyên nhân đã tìm thấy khi đối chiếu phiếu.
refusal-BALLOT-020 = Kiểm phiếu đã đến bước không thay người được nữa.
refusal-BALLOT-020-do = Hai người đã nhập thì không thay người kiểm phiếu; có kết quả chính thức rồi thì không thay ai.
refusal-BALLOT-021 = Người này đã nhập kết quả nên không thay được.
refusal-BALLOT-021-do = Số đã nhập vẫn giữ; chỉ cần người kiểm phiếu kia nhập.
refusal-BALLOT-022 = Thay người trong tổ kiểm phiếu thì phải nêu lý do.
refusal-BALLOT-022-do = Ghi ngắn gọn lý do, ví dụ: ốm, phải về giữa chừng.
refusal-BALLOT-023 = Chưa lập phiếu được: còn { $n } đảng viên chưa có đề xuất của chi bộ, trước hết ở { $unit }.
refusal-BALLOT-023-do = Nhắc các chi bộ gửi đề xuất, đủ rồi mới lập phiếu. Đảng viên không tự viết được thì bí thư chi bộ ghi giúp bản tự kiểm điểm.

refusal-PROPOSAL-001 = Đề xuất đã gửi, không sửa được nữa.
refusal-PROPOSAL-001-do = Nếu cần sửa, đề nghị cấp uỷ cơ sở trả lại.
refusal-PROPOSAL-002 = Chỉ trả lại được đề xuất đã gửi.
refusal-PROPOSAL-002-do = Xem trạng thái đề xuất.
refusal-PROPOSAL-003 = Trả lại thì phải nêu lý do.
refusal-PROPOSAL-003-do = Nêu rõ điều cần chi bộ xem xét lại.
refusal-PROPOSAL-004 = Còn { $count } người chưa có mức đề xuất; đầu tiên là { $person }.
refusal-PROPOSAL-004-do = Chọn mức cho từng người rồi gửi.
refusal-PROPOSAL-005 = Mức đề xuất cho { $person } không được phép theo quy định.
refusal-PROPOSAL-005-do = Xem căn cứ ở cột "Vì sao" và chọn mức thấp hơn.
refusal-PROPOSAL-006 = Mức đề xuất cho { $person } khác kết quả phiếu; phải nêu lý do.
refusal-PROPOSAL-006-do = Ghi lý do ở cột cuối.
refusal-PROPOSAL-007 = Chưa khoá biên bản hội nghị của chi bộ.
refusal-PROPOSAL-007-do = Khoá biên bản rồi mới gửi đề xuất.
refusal-PROPOSAL-008 = { $person } không thuộc diện xếp loại theo dữ kiện hiện có nên không đề xuất mức.
refusal-PROPOSAL-008-do = Bỏ mức đã chọn; nếu dữ kiện trong hồ sơ sai thì sửa dữ kiện trước.

refusal-DECISION-001 = Quyết định đã ban hành.
refusal-DECISION-001-do = Kết quả đã ban hành chỉ thay đổi bằng quyết định mới.
refusal-DECISION-002 = Chưa ghi số quyết định.
refusal-DECISION-002-do = Ghi số theo sổ văn bản, ví dụ 15.
refusal-DECISION-003 = { $in_favour } trên { $base } thành viên tán thành, chưa đủ quá nửa (cần { $needed }).
refusal-DECISION-003-do = Quyết định chỉ có giá trị khi quá nửa số thành viên tán thành.
refusal-DECISION-004 = Số người tán thành ({ $in_favour }) nhiều hơn số thành viên ({ $base }).
refusal-DECISION-004-do = Kiểm lại số phiếu.
refusal-DECISION-005 = Còn { $count } chi bộ chưa gửi đề xuất.
refusal-DECISION-005-do = Đôn đốc các chi bộ đó.
refusal-DECISION-006 = Còn { $count } trường hợp chưa có mức quyết định; đầu tiên là { $person }.
refusal-DECISION-006-do = Chọn mức cho từng trường hợp.
refusal-DECISION-007 = Mức của { $person } không được phép theo quy định ({ $count } trường hợp).
refusal-DECISION-007-do = Chọn mức trong phạm vi quy định cho phép.
refusal-DECISION-008 = Mức cao nhất vượt tỷ lệ tối đa { $over } người.
refusal-DECISION-008-do = Giảm số người ở mức này, hoặc ghi lý do vượt tỷ lệ để cấp uỷ chịu trách nhiệm.
refusal-DECISION-009 = Mức quyết định cho { $person } khác mức được đề xuất; phải nêu lý do.
refusal-DECISION-009-do = Ghi lý do ở cột cuối.
refusal-DECISION-010 = Chưa khoá biên bản hội nghị cấp uỷ.
refusal-DECISION-010-do = Ghi và khoá biên bản hội nghị cấp uỷ trước khi ban hành.
refusal-DECISION-011 = Đề xuất đối với { $person } đã đổi sau khi lưu mức.
refusal-DECISION-011-do = Xem đề xuất mới; chọn lại mức, hoặc giữ mức đã chọn (ở danh sách đảng viên thì đánh dấu "Đã xem, giữ mức đã chọn"), rồi lưu.
refusal-DECISION-012 = { $person } không thuộc diện xếp loại theo dữ kiện hiện có nên không quyết định mức.
refusal-DECISION-012-do = Bỏ mức đã chọn; nếu dữ kiện trong hồ sơ sai thì sửa dữ kiện trước.
refusal-DECISION-031 = { $person } chưa có mức xếp loại của cơ quan, đơn vị.
refusal-DECISION-031-do = Nhập ý kiến của thủ trưởng cơ quan vào hồ sơ trước; nếu cơ quan không xếp loại thì nhập nhận xét, để trống mức.
refusal-DECISION-032 = Quy định không nêu mức cho trường hợp của { $person }; cấp có thẩm quyền phải nêu căn cứ.
refusal-DECISION-032-do = Ghi căn cứ ở cột cuối.

refusal-NOTICE-001 = Thông báo này đã có ý kiến phản hồi.
refusal-NOTICE-001-do = Xem ý kiến đã gửi.
refusal-NOTICE-002 = Đã quá hạn phản hồi ({ $due }).
refusal-NOTICE-002-do = Gửi kiến nghị bằng văn bản đến cấp uỷ.
refusal-NOTICE-003 = Chưa ghi nội dung phản hồi.
refusal-NOTICE-003-do = Ghi ý kiến rồi gửi.

refusal-REMEDY-001 = Người chịu trách nhiệm và người theo dõi phải là hai người khác nhau.
refusal-REMEDY-001-do = Chọn người theo dõi khác.
refusal-REMEDY-002 = Thời hạn phải sau hôm nay ({ $today }).
refusal-REMEDY-002-do = Chọn ngày sau hôm nay.
refusal-REMEDY-003 = Chưa ghi hạn chế, biện pháp hoặc kết quả cần đạt.
refusal-REMEDY-003-do = Ghi đủ ba mục.
refusal-REMEDY-004 = Chỉ người theo dõi mới xác nhận đã khắc phục.
refusal-REMEDY-004-do = Nhờ người theo dõi xác nhận.
refusal-REMEDY-005 = Việc này đã được xác nhận.
refusal-REMEDY-005-do = Không cần làm gì thêm.
refusal-REMEDY-006 = Chưa ghi kết quả kiểm tra.
refusal-REMEDY-006-do = Ghi kết quả thực tế đã kiểm tra.
refusal-REMEDY-007 = Người này đang theo dõi việc đó.
refusal-REMEDY-007-do = Chọn người khác.
refusal-REMEDY-008 = Thay người theo dõi thì phải nêu lý do.
refusal-REMEDY-008-do = Ghi ngắn gọn lý do, ví dụ: chuyển công tác, ốm dài ngày.
refusal-REMEDY-009 = Chưa chọn người theo dõi, hoặc người đó không còn sinh hoạt đảng ở đây.
refusal-REMEDY-009-do = Chọn một đảng viên trong danh sách.

refusal-ACCESS-001 = Tên đăng nhập hoặc mật khẩu không đúng.
refusal-ACCESS-001-do = Kiểm tra lại chữ hoa, chữ thường. Quên mật khẩu thì nhờ văn phòng cấp uỷ cấp lại.
refusal-ACCESS-002 = Sai nhiều lần, tài khoản tạm khoá { $seconds } giây.
refusal-ACCESS-002-do = Chờ rồi thử lại.

refusal-CHECK-002 = Có số liệu không đọc được thành số.
refusal-CHECK-002-do = Sửa ô đó trong tệp rồi kiểm tra lại.
refusal-CHECK-005 = Chương trình chưa có bộ quy định của năm này.
refusal-CHECK-005-do = Kết quả đối chiếu chỉ để tham khảo; bổ sung bộ quy định của năm đó để có kết quả chính thức.

refusal-REGISTER-001 = Số { $number } đã dùng cho văn bản khác cùng loại trong năm { $year }.
refusal-REGISTER-001-do = Xem lại sổ văn bản và ghi số khác.
refusal-REGISTER-002 = Ngày văn bản sớm hơn ngày { $earliest } của việc mà văn bản ghi.
refusal-REGISTER-002-do = Ghi ngày từ { $earliest } trở đi.
refusal-REGISTER-003 = Ngày văn bản muộn hơn hôm nay ({ $today }).
refusal-REGISTER-003-do = Ghi ngày đã ký văn bản.
refusal-REGISTER-004 = Không có thông báo nào chờ đánh số.
refusal-REGISTER-004-do = Muốn sửa số của một thông báo, mở giấy tờ của chi bộ có người đó.
refusal-REGISTER-005 = "{ $number }" không phải là số văn bản.
refusal-REGISTER-005-do = Ghi số theo sổ văn bản, ví dụ 15; muốn bỏ số thì để trống ô này.

refusal-ORG-001 = Ngày { $day } chưa đến (hôm nay là { $today }), nên chưa ghi được thay đổi có hiệu lực từ ngày đó.
refusal-ORG-001-do = Ghi vào đúng ngày có hiệu lực hoặc sau đó.
refusal-ORG-002 = { $unit } được thành lập hoặc thay đổi lần gần nhất ngày { $since }; thay đổi này ghi từ một ngày trước đó.
refusal-ORG-002-do = Xem lại ngày có hiệu lực; các thay đổi của một tổ chức ghi theo thứ tự thời gian.
refusal-ORG-003 = { $unit } đã kết thúc hoạt động, ngày cuối là { $day }.
refusal-ORG-003-do = Xem lịch sử của tổ chức để biết đơn vị kế thừa.
refusal-ORG-004 = { $superior } là chính tổ chức này hoặc đang trực thuộc tổ chức này, nên không thể làm cấp trên.
refusal-ORG-004-do = Chọn một cấp trên khác.
refusal-ORG-005 =
    { $unit } ({ $kind ->
        [province] đảng bộ tỉnh
        [above_base] đảng bộ cấp trên cơ sở
        [base_organization] đảng bộ cơ sở
        [base_cell] chi bộ cơ sở
        [sub_committee] đảng bộ bộ phận
       *[cell] chi bộ
    }) không đặt trực thuộc { $superior } ({ $superior_kind ->
        [province] đảng bộ tỉnh
        [above_base] đảng bộ cấp trên cơ sở
        [base_organization] đảng bộ cơ sở
        [base_cell] chi bộ cơ sở
        [sub_committee] đảng bộ bộ phận
       *[cell] chi bộ
    }) được.
refusal-ORG-005-do = Chọn cấp trên khác hoặc loại hình khác.
refusal-ORG-006 = Mã "{ $code }" đã dùng cho một tổ chức khác.
refusal-ORG-006-do = Chọn mã khác; tổ chức đã giải thể vẫn giữ mã của mình.
refusal-ORG-007 = Không có tổ chức nào mang mã "{ $code }" trong phạm vi đồng chí được thay đổi.
refusal-ORG-007-do = Xem mã ở trang Tổ chức. Tổ chức ở nơi khác thì đề nghị cấp trên chung của hai nơi thực hiện.
refusal-ORG-008 = { $unit } còn { $count } đảng viên; người đầu tiên là { $person }.
refusal-ORG-008-do = Chuyển hết đảng viên sang chi bộ khác (sáp nhập hoặc chia tách) rồi làm lại.
refusal-ORG-009 = { $unit } còn { $count } tổ chức trực thuộc đang hoạt động; tổ chức đầu tiên là { $first }.
refusal-ORG-009-do = Chuyển hoặc giải thể các tổ chức trực thuộc trước.
refusal-ORG-010 = Đây là tổ chức cao nhất trong hệ thống này, không làm việc này được.
refusal-ORG-010-do = Chọn một tổ chức bên dưới.
refusal-ORG-011 = Chưa ghi đủ căn cứ của thay đổi: số, ngày và cơ quan ban hành văn bản.
refusal-ORG-011-do = Ghi theo quyết định về việc sắp xếp tổ chức.
refusal-ORG-012 = Sáp nhập cần ít nhất hai tổ chức khác nhau.
refusal-ORG-012-do = Chọn hoặc ghi mã các tổ chức cùng sáp nhập.
refusal-ORG-013 = { $unit } không cùng loại: chi bộ chỉ sáp nhập, chia tách với chi bộ; đảng bộ với đảng bộ.
refusal-ORG-013-do = Chọn lại tổ chức hoặc loại hình.
refusal-ORG-014 = { $unit } đã gửi đề xuất trong "{ $campaign }" và đề xuất chưa được quyết định.
refusal-ORG-014-do = Quyết định xong, hoặc trả lại đề xuất, rồi ghi thay đổi này.
refusal-ORG-015 = Có người hoặc tổ chức được xếp vào hai phần.
refusal-ORG-015-do = Mỗi người, mỗi tổ chức chỉ đi một nơi.
refusal-ORG-016 = Chưa chọn ai hoặc tổ chức nào được tách ra.
refusal-ORG-016-do = Đánh dấu những người hoặc tổ chức chuyển sang đơn vị mới.
refusal-ORG-017 = Thay đổi này không làm khác gì: giá trị mới giống giá trị đang có.
refusal-ORG-017-do = Xem lại điều cần thay đổi.
refusal-ORG-018 = Đồng chí { $person } giữ chức vụ ở { $unit } từ ngày { $day }, sau khi tổ chức này kết thúc hoặc đồng chí chuyển đi.
refusal-ORG-018-do = Sửa ngày của chức vụ trong danh sách, hoặc chọn ngày có hiệu lực muộn hơn.
refusal-ORG-019 = { $unit } và { $other } đang trực thuộc nhau nên không sáp nhập với nhau được.
refusal-ORG-019-do = Chuyển tổ chức bên dưới ra trước, hoặc giải thể sau khi đã chuyển hết người.
refusal-ORG-020 =
    { $unit } ({ $kind ->
        [province] đảng bộ tỉnh
        [above_base] đảng bộ cấp trên cơ sở
        [base_organization] đảng bộ cơ sở
        [base_cell] chi bộ cơ sở
        [sub_committee] đảng bộ bộ phận
       *[cell] chi bộ
    }) đang trực thuộc và không đặt dưới { $superior } ({ $superior_kind ->
        [province] đảng bộ tỉnh
        [above_base] đảng bộ cấp trên cơ sở
        [base_organization] đảng bộ cơ sở
        [base_cell] chi bộ cơ sở
        [sub_committee] đảng bộ bộ phận
       *[cell] chi bộ
    }) được.
refusal-ORG-020-do = Chuyển hoặc đổi loại hình tổ chức bên dưới trước.
refusal-ORG-021 = { $unit } đã khoá biên bản hội nghị kiểm điểm trong "{ $campaign }", nên người chưa kiểm điểm chuyển đến sẽ không có hội nghị nào.
refusal-ORG-021-do = Để chi bộ cũ họp và khoá biên bản trước, hoặc sáp nhập thành một chi bộ mới.
refusal-ORG-022 = Phần này chưa được điền.
refusal-ORG-022-do = Điền rồi làm lại.
refusal-ORG-023 = { $person } không phải đảng viên của { $unit } vào ngày { $day }.
refusal-ORG-023-do = Xem lại ngày và nơi sinh hoạt chính thức của đồng chí trong danh sách.
refusal-ORG-024 = Có người được chọn không còn là đảng viên của { $unit } vào ngày có hiệu lực.
refusal-ORG-024-do = Tải lại trang để xem danh sách mới nhất.
refusal-ORG-025 = { $unit } đã được thẩm định trong "{ $campaign }" và chưa có quyết định xếp loại.
refusal-ORG-025-do = Ban hành quyết định, hoặc mở phiếu thẩm định và trả lại hồ sơ, rồi ghi thay đổi này.
refusal-ORG-026 = { $unit } đã được ghi như vậy từ trước ngày này.
refusal-ORG-026-do = Chọn loại hình khác hoặc ngày khác.
refusal-ORG-027 = Ngày này { $unit } chưa thành lập hoặc đã kết thúc hoạt động.
refusal-ORG-027-do = Sửa lại ngày.

refusal-TEMP-001 = Nơi sinh hoạt tạm thời phải khác chi bộ chính thức của đồng chí.
refusal-TEMP-001-do = Chọn chi bộ khác.
refusal-TEMP-002 = Ngày kết thúc đứng trước ngày bắt đầu.
refusal-TEMP-002-do = Ghi ngày kết thúc sau hoặc bằng ngày bắt đầu { $from }, hoặc để trống.
refusal-TEMP-003 = Đồng chí đang sinh hoạt tạm thời ở { $unit } trong thời gian này.
refusal-TEMP-003-do = Kết thúc lần sinh hoạt tạm thời trước rồi ghi lần mới.
refusal-TEMP-004 = Nơi này không phải chi bộ đang hoạt động.
refusal-TEMP-004-do = Chọn một chi bộ đang hoạt động.
refusal-TEMP-005 = Lần sinh hoạt tạm thời này đã kết thúc hoặc vừa được người khác sửa.
refusal-TEMP-005-do = Tải lại trang để xem bản mới nhất.
refusal-TEMP-006 = Chưa có nhận xét.
refusal-TEMP-006-do = Ghi nhận xét về đồng chí trong thời gian sinh hoạt tạm thời; mức xếp loại có thể để trống.
refusal-TEMP-007 = Chưa hết hạn cho ý kiến ({ $due }), nên chưa thể làm tiếp khi thiếu ý kiến của { $unit }.
refusal-TEMP-007-do = Chờ ý kiến hoặc đôn đốc chi bộ đó; sau hạn, ghi lý do rồi làm tiếp.
refusal-TEMP-008 = Chưa nêu lý do làm tiếp khi thiếu ý kiến của nơi sinh hoạt tạm thời.
refusal-TEMP-008-do = Ghi lý do, ví dụ: đã đôn đốc hai lần ngày nào, chi bộ đó chưa trả lời.
refusal-TEMP-009 = { $unit }, nơi { $person } sinh hoạt tạm thời, chưa cho ý kiến.
refusal-TEMP-009-do = Chờ ý kiến; nếu đã quá hạn, mở trang của { $person } ở mục Danh sách, phần "Ý kiến của nơi sinh hoạt tạm thời", và ghi lý do làm tiếp.
refusal-TEMP-010 = Không còn cần ý kiến này: hồ sơ đã được quyết định hoặc đã ra khỏi đợt.
refusal-TEMP-010-do = Trở về trang việc cần làm.
refusal-ATTACH-001 = Tệp { $name } không có nội dung.
refusal-ATTACH-001-do = Chọn lại tệp trên máy rồi gửi.
refusal-ATTACH-002 = Tệp { $name } lớn hơn { $max } MB.
refusal-ATTACH-002-do = Quét lại với độ nét thấp hơn, hoặc chia thành nhiều tệp rồi gửi từng tệp.
refusal-ATTACH-003 = Không nhận loại tệp của { $name }.
refusal-ATTACH-003-do = Gửi tệp PDF, Word (.docx), Excel (.xlsx) hoặc ảnh (.jpg, .png).
refusal-ATTACH-004 = Nội dung của { $name } không đúng với đuôi tên tệp{ $found ->
    [none] {""}
   *[other] : bên trong là tệp loại { $found }
 }.
refusal-ATTACH-004-do = Mở tệp bằng phần mềm đã tạo ra nó, lưu lại dưới dạng PDF rồi gửi.
refusal-ATTACH-005 = Bản định thay thế không có ở đây hoặc đã được thay bằng bản khác.
refusal-ATTACH-005-do = Mở lại trang này, xem bản mới nhất rồi chọn bản cần thay.
refusal-DIRECT-001 = Văn bản không còn là dự thảo, hoặc đã hết hiệu lực, nên không làm việc này được.
refusal-DIRECT-001-do = Mở lại trang để xem tình trạng; văn bản đã ban hành thì ban hành văn bản khác thay thế.
refusal-DIRECT-002 = Chưa có số hoặc ngày văn bản.
refusal-DIRECT-002-do = Bấm "Sửa dự thảo", ghi số và ngày rồi ban hành.
refusal-DIRECT-003 = Chưa có trích yếu.
refusal-DIRECT-003-do = Ghi gọn văn bản về việc gì.
refusal-DIRECT-004 = Hạn { $due } trước ngày văn bản { $dated }.
refusal-DIRECT-004-do = Sửa hạn hoặc ngày văn bản.
refusal-DIRECT-005 = Nơi đặt hệ thống này không được giữ văn bản có độ mật đó.
refusal-DIRECT-005-do = Không đưa nội dung vào hệ thống. Văn bản khác cần dẫn chiếu thì chỉ ghi số, ngày, cơ quan ban hành ở phần căn cứ.
refusal-DIRECT-006 = Văn bản { $number } lại căn cứ vào chính văn bản này: căn cứ đi vòng tròn.
refusal-DIRECT-006-do = Bỏ căn cứ đó.
refusal-DIRECT-007 = Căn cứ thiếu số, ngày hoặc cơ quan ban hành.
refusal-DIRECT-007-do = Ghi đủ ba mục, hoặc chọn văn bản đã có ở đây.
refusal-DIRECT-008 = Số của mục "{ $label }" trống hoặc trùng mục khác.
refusal-DIRECT-008-do = Ghi cho mỗi mục một số khác nhau.
refusal-DIRECT-009 = Không có mục "{ $label }".
refusal-DIRECT-009-do = Ghi đúng số của một mục có trong văn bản.
refusal-DIRECT-010 = Yêu cầu giao cho loại tổ chức không nhận văn bản này.
refusal-DIRECT-010-do = Thêm loại đó vào nơi nhận, hoặc bỏ khỏi yêu cầu.
refusal-DIRECT-011 = Chưa chọn nơi nhận.
refusal-DIRECT-011-do = Đánh dấu các loại tổ chức nhận văn bản.
refusal-DIRECT-012 = Ngày văn bản sau hôm nay, { $today }.
refusal-DIRECT-012-do = Sửa ngày, hoặc ban hành vào ngày đó.
refusal-DIRECT-013 = Năm { $year } đơn vị đã ban hành văn bản số { $number }.
refusal-DIRECT-013-do = Kiểm tra sổ văn bản đi và ghi số khác.
refusal-DIRECT-014 = Chưa nêu lý do.
refusal-DIRECT-014-do = Ghi lý do để các nơi nhận biết.
refusal-DIRECT-015 = { $unit } không nhận văn bản đó, hoặc văn bản không còn hiệu lực, nên không ban hành văn bản thực hiện.
refusal-DIRECT-015-do = Soạn văn bản riêng, không theo văn bản đó.
refusal-DIRECT-016 = Người đứng đầu tự xác nhận; cấp phó chỉ xác nhận khi khuyết người đứng đầu.
refusal-DIRECT-016-do = Đề nghị đồng chí bí thư đăng nhập và xác nhận.
refusal-DIRECT-017 = Văn bản thay thế phải là văn bản khác của chính đơn vị, đã ban hành.
refusal-DIRECT-017-do = Ban hành văn bản mới trước rồi chọn lại.
refusal-DIRECT-018 = Ngày quán triệt phải từ { $from } đến { $to }.
refusal-DIRECT-018-do = Sửa ngày.
refusal-DIRECT-019 = Đồng chí đã xác nhận cho đơn vị này rồi.
refusal-DIRECT-019-do = Không phải làm gì thêm.
refusal-DIRECT-020 = Yêu cầu này biết được qua xác nhận quán triệt, không phải báo.
refusal-DIRECT-020-do = Xác nhận đã quán triệt ở phần trên của trang.
refusal-DIRECT-021 = Chưa ghi đã làm gì.
refusal-DIRECT-021-do = Ghi việc đã làm, ngày, kết quả.
refusal-DIRECT-022 = Căn cứ ngày { $basis } sau ngày văn bản { $dated }.
refusal-DIRECT-022-do = Sửa ngày của căn cứ hoặc của văn bản.
refusal-DIRECT-023 = Yêu cầu chưa nói phải làm gì hoặc ai phải làm.
refusal-DIRECT-023-do = Ghi việc phải làm và chọn loại tổ chức.
refusal-DIRECT-024 = Căn cứ "{ $summary }" chưa được ban hành.
refusal-DIRECT-024-do = Ban hành văn bản đó trước.
refusal-DIRECT-025 = Văn bản { $number } của cấp trên không còn hiệu lực.
refusal-DIRECT-025-do = Bỏ dự thảo này, soạn văn bản mới theo văn bản đang có hiệu lực.
refusal-DIRECT-026 = Văn bản không còn hiệu lực.
refusal-DIRECT-026-do = Xem văn bản thay thế, nếu có.
refusal-DIRECT-027 = Đơn vị đã báo yêu cầu này rồi.
refusal-DIRECT-027-do = Không phải báo lại.
refusal-DIRECT-028 = Không có mục { $clause } trong văn bản, hoặc văn bản không còn hiệu lực.
refusal-DIRECT-028-do = Chọn lại mục.
refusal-REMIND-001 = Chưa ghi địa chỉ thư.
refusal-REMIND-001-do = Ghi địa chỉ thư, hoặc chọn "Không nhận thư".
refusal-REMIND-002 = { $address } không phải địa chỉ thư.
refusal-REMIND-002-do = Ghi theo dạng hoten@xa.internal, không dấu, không khoảng trắng.
refusal-JOB-001 = Công việc này không ở tình trạng hỏng nữa.
refusal-JOB-001-do = Xem lại danh sách.
refusal-REMEDY-010 = Người kiểm tra không phải là người khắc phục hay người theo dõi.
refusal-REMEDY-010-do = Chọn người khác, hoặc để trống nếu chưa phân công.
refusal-REMEDY-011 = Thời hạn phải sau ngày bắt đầu ({ $start }).
refusal-REMEDY-011-do = Sửa ngày bắt đầu hoặc thời hạn.
refusal-REMEDY-012 = Ngày { $day } không hợp lý: không được sau hôm nay ({ $today }) hoặc trước ngày bắt đầu.
refusal-REMEDY-012-do = Ghi đúng ngày đã làm, đã thấy.
refusal-REMEDY-013 = Thời hạn mới phải sau thời hạn hiện nay ({ $due }).
refusal-REMEDY-013-do = Chọn ngày sau đó.
refusal-REMEDY-014 = Gia hạn thì phải nêu lý do.
refusal-REMEDY-014-do = Ghi lý do.
refusal-REMEDY-015 = Không ai tự xác nhận việc khắc phục của chính mình.
refusal-REMEDY-015-do = Nhờ người theo dõi kiểm tra và xác nhận.
refusal-REMEDY-016 = Chưa ghi nội dung.
refusal-REMEDY-016-do = Ghi việc đã làm, điều đã thấy.
refusal-REMEDY-017 = Chưa chọn người chịu trách nhiệm.
refusal-REMEDY-017-do = Chọn một đồng chí trong tập thể.
refusal-PLAN-001 = Kế hoạch đang ở bước khác nên chưa làm được việc này.
refusal-PLAN-001-do = Đã gửi thì chờ cấp có thẩm quyền duyệt hoặc trả lại; chưa gửi thì gửi trước.
refusal-PLAN-002 = Còn { $n } hạn chế, khuyết điểm chưa có việc khắc phục và chưa nêu lý do không đưa vào; trước hết: “{ $first }”.
refusal-PLAN-002-do = Lập việc khắc phục hoặc ghi lý do cho từng hạn chế.
refusal-PLAN-003 = Kế hoạch chưa có nội dung.
refusal-PLAN-003-do = Lập ít nhất một việc khắc phục.
refusal-PLAN-004 = Trả lại thì phải nêu lý do.
refusal-PLAN-004-do = Ghi điều cần sửa.
refusal-PLAN-005 = Không đưa vào kế hoạch thì phải nêu lý do.
refusal-PLAN-005-do = Ghi ngắn gọn lý do.
refusal-PLAN-006 = Hạn chế này đã có việc khắc phục.
refusal-PLAN-006-do = Không cần làm gì thêm.
refusal-PLAN-007 = Chưa có mốc hỗ trợ sau { $days } ngày mà quy định yêu cầu.
refusal-PLAN-007-do = Đặt mục tiêu và người hỗ trợ cho từng mốc.
refusal-PLAN-008 = Chưa ghi mục tiêu hoặc chưa chọn người hỗ trợ.
refusal-PLAN-008-do = Điền đủ hai mục.
refusal-PETITION-001 = Kiến nghị này đã được giải quyết.
refusal-PETITION-001-do = Xem câu trả lời; nếu có điều mới thì gửi kiến nghị khác.
refusal-PETITION-002 = Chưa ghi nội dung kiến nghị.
refusal-PETITION-002-do = Ghi điều đề nghị xem lại và lý do.
refusal-PETITION-003 = Đang có một kiến nghị chờ trả lời.
refusal-PETITION-003-do = Chờ trả lời rồi mới gửi kiến nghị khác.
refusal-PETITION-004 = Ngày nhận phải từ ngày thông báo ({ $decided }) đến hôm nay ({ $today }).
refusal-PETITION-004-do = Ghi đúng ngày nhận đơn.
refusal-PETITION-005 = Chưa ghi nội dung trả lời.
refusal-PETITION-005-do = Ghi kết luận và căn cứ.
refusal-PETITION-006 = Mức chọn là mức đang có hiệu lực.
refusal-PETITION-006-do = Chọn “Giữ nguyên kết quả” hoặc một mức khác.
refusal-PETITION-008 = Quy định của đợt không có mức này.
refusal-PETITION-008-do = Chọn một mức trong danh sách.
refusal-PETITION-009 = Ngày quyết định phải từ ngày nhận kiến nghị đến hôm nay ({ $today }).
refusal-PETITION-009-do = Ghi đúng ngày trên quyết định.
refusal-PETITION-010 = Quy định của đợt không nêu thời hạn trả lời kiến nghị.
refusal-PETITION-010-do = Gửi kiến nghị bằng văn bản đến cấp uỷ.
refusal-PLAN-009 = Không còn tìm thấy hạn chế này trong hồ sơ.
refusal-PLAN-009-do = Mở lại trang và chọn trong danh sách.
refusal-PLAN-010 = Quy định của đợt không yêu cầu mốc hỗ trợ này, hoặc mốc chưa được đặt.
refusal-PLAN-010-do = Xem các mốc trên trang kế hoạch.
